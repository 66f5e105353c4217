// What the grammars know of English besides the phrases: how requests begin and end, and its sounds.

/** Ways into a request. */
export const openings: readonly string[] = listed(`
  please, hello, hi, okay, yes, no, a, the, my, your, say, speak, can you, can you speak, do you speak, could you,
  could you please, please give me, please give me the, give me, give me the, tell me, tell me the, tell me your,
  tell me about, tell me about your, show me, show me the, show me your, send me, send me a, send me the, can you tell me,
  can you tell me the, can you tell me about, can you show me, can you send me a, i want, i want the, i want to,
  i want to talk to a, i want to speak to a, i want to go, i need, i need to, i would like, i would like to, i'd like,
  i'd like to, can i have, can i have a, can i have the, can i have your, can i, may i, how do i, do you have,
  do you have a, what is, what is the, what is your, what's the, what's your, what are, what are the, what are your,
  where are your, talk to, talk to a, speak to, speak to a
`);

/** Ways out of it. */
export const endings: readonly string[] = listed('please, thank you, thanks, now, for me, for me please');

/** The phones of the model. */
export const phones: readonly string[] = listed(`
  AA, AE, AH, AO, AW, AY, B, CH, D, DH, EH, ER, EY, F, G, HH, IH, IY, JH, K, L, M, N, NG, OW, OY, P, R, S, SH, T, TH,
  UH, UW, V, W, Y, Z, ZH
`);

function listed(text: string): string[] {
  return text.split(',').map((entry) => entry.trim().replaceAll(/\s+/g, ' '));
}
