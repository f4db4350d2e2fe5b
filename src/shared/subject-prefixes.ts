/** What mail programs of many languages put before the subject of an answer, in lower case. */
export const REPLY_WORDS =
  're r ref antwort ha رد תשובה rv res sv vs vá vl antw aw odp ynt ris rif atb 回复 回覆 答复 回 返信 답장 ответ отв сп απ σχετ ته'.split(
    ' ',
  );
/** The same for what is passed on. Some words are both. */
export const FORWARD_WORDS =
  'fw fwd wg tr trs bls הועבר i rv enc doorst vb vs pd ilt továbbítás 转发 轉寄 転送 전달 переслано прд προώθ fs vl'.split(
    ' ',
  );
