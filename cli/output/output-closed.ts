/** Nobody reads what is written any more, as after `| head`: the command ends quietly. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}
