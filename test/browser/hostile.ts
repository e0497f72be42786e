/** Texts that would do harm in a page that takes them for more than text. */
export const HOSTILE = [
  '<img src=x onerror="globalThis.harmed=1">',
  '"><script>globalThis.harmed=1</script>',
  "javascript:globalThis.harmed=1//'",
  '{{constructor.constructor("globalThis.harmed=1")()}}',
  '</td></table><style>*{display:none}</style>',
] as const;

/** Whether anything of them has happened in a page; evaluated there. */
export const HARM =
  'globalThis.harmed === 1 || document.querySelectorAll("#app img, #app script, #app style, #app iframe, #app [onerror]").length > 0';
