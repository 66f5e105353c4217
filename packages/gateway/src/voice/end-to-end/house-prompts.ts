// What the house tells a speech-to-speech model beside the agent's own instructions.

/** Stands before what a human colleague said, so that the model doesn't take it for its own words. */
const humanMark = '[human colleague]';

/** The instructions of a session. */
export function callInstructions(agentInstructions: string, language: string): string {
  return [
    agentInstructions,
    `The language of the conversation is ${language}. Answer in it unless the caller speaks another one.`,
    'You are on a telephone call: speak briefly, as people do, and never read out Markdown or addresses.',
    `Lines that begin with ${humanMark} were said by a human colleague. Never begin a line like that.`,
  ].join('\n\n');
}

export const greetTheCaller =
  '(The call begins. Greet the caller in one or two sentences, as your instructions say, and ask how you can help.)';

export const askWhetherThere = '(The caller has been silent. Ask in a short sentence whether they are still there.)';

/** Makes the model a voice that reads. */
export function sayExactly(text: string): string {
  return `Say exactly the following, word for word, in its language, and nothing else:\n\n${text}`;
}

export function keysPressed(keys: string): string {
  return `(The caller pressed these keys of the telephone: ${keys})`;
}

export function saidByHuman(text: string): string {
  return `${humanMark} ${text}`;
}

export const agentIsBack =
  '(The human colleague has left, and the conversation is yours again. Say so in a sentence and go on.)';

export const nobodyCame =
  '(No human colleague was available, and the conversation is yours again. Say so in a sentence and offer your help.)';

export const wasCutOff =
  '(Your last answer broke off for a technical reason. Go on from where the caller heard you last.)';

export const lastWordsLost =
  '(For a technical reason, what the caller said last is missing here. Ask them kindly to say it again.)';

/** The result of a tool that was called in a session which is gone. */
export function toolResult(name: string, output: string): string {
  return `(The result of the tool ${name}, which you called before: ${output})`;
}
