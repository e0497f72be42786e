const FORM = /^<[^\s<>]{1,500}>$/;

/** Whether a header's value is one message id of a usable length, angle brackets included. */
export const isMessageId = (value: string): boolean => FORM.test(value);
