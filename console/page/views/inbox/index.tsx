import '../../styles/inbox.css';
import { ButtonLink } from '../../parts/button.tsx';
import { link, useRoute } from '../../parts/route.ts';
import { Empty, Loading, ProblemBox } from '../../parts/states.tsx';
import { View } from '../../parts/view.tsx';
import { Letter } from './letter.tsx';
import { MailList } from './mail-list.tsx';
import { useInbox } from './use-inbox.ts';

const Nothing = () => (
  <Empty title="No mail yet" actions={<ButtonLink href={link('try')}>Send one</ButtonLink>}>
    <p>Every mail that the local SES accepts is here at once; it stays until the local cloud ends.</p>
  </Empty>
);

export default () => {
  const [messageId] = useRoute().path;
  const { value, problem, reload } = useInbox();
  const intro = 'What the local SES accepted, newest first. It goes nowhere else.';
  return (
    <View title="Inbox" intro={intro}>
      {problem === null ? null : <ProblemBox problem={problem} onRetry={reload} />}
      {value === undefined && problem === null ? <Loading what="the inbox" /> : null}
      {value === undefined || (value.mails.length === 0 && messageId === undefined) ? (
        value === undefined ? null : (
          <Nothing />
        )
      ) : (
        <div class={messageId === undefined ? 'inbox' : 'inbox letter-open'}>
          <MailList inbox={value} open={messageId} />
          {messageId === undefined ? (
            <div class="mail-none">
              <Empty title="Choose a mail" />
            </div>
          ) : (
            <Letter messageId={messageId} />
          )}
        </div>
      )}
    </View>
  );
};
