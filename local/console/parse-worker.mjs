// Reads one mail in a thread of its own, which has an end in time and in memory: some mails cost their reader minutes or
// gigabytes.
import { parentPort, workerData } from 'node:worker_threads';
import PostalMime from 'postal-mime';

const { text, html, attachments } = await PostalMime.parse(workerData);
parentPort.postMessage({ text, html, attachments });
