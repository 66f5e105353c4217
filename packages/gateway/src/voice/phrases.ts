// What the house says by itself, in the languages it speaks.
import type { HousePhrases } from './voice-settings.ts';

const english: HousePhrases = {
  goAhead: 'Now we can talk. What can I do for you?',
  stillThere: 'Are you still there?',
  goodbyeAfterSilence: "I can't hear anybody, so I'll hang up now. Goodbye!",
  timeIsUp: 'Our time is up. Thank you for your call, and goodbye!',
  oneMinuteLeft: 'We have one minute left.',
  apology: "I'm sorry, something went wrong. Please try again.",
  onlyTones: "I can't understand speech on this call. Please use the keys of your telephone.",
  notUnderstood: "I'm sorry, I didn't understand that. Could you say it another way?",
  onHold: "One moment, please. I'm fetching somebody for you.",
  nobodyAvailable: "I'm sorry, nobody is available at the moment. I'm still here. How else can I help?",
  recordingNotice: 'This call is recorded.',
  onHoldByPerson: "Please hold the line. We'll be right with you.",
  personLeft: "The line is free again. What you say is passed on in writing, and I'll read the answers to you.",
  personLost: 'The line to the person you were talking with was interrupted. One moment, please.',
};

const french: HousePhrases = {
  goAhead: 'Nous pouvons parler maintenant. Que puis-je faire pour vous ?',
  stillThere: 'Êtes-vous toujours là ?',
  goodbyeAfterSilence: "Je n'entends personne, je vais donc raccrocher. Au revoir !",
  timeIsUp: 'Le temps est écoulé. Merci pour votre appel, et au revoir !',
  oneMinuteLeft: 'Il nous reste une minute.',
  apology: "Je suis désolée, un problème est survenu. Merci d'essayer encore une fois.",
  onlyTones: "Je ne peux pas comprendre la parole pendant cet appel. Merci d'utiliser les touches de votre téléphone.",
  notUnderstood: "Je suis désolée, je n'ai pas compris. Pouvez-vous le dire autrement ?",
  onHold: "Un instant, s'il vous plaît. Je vais chercher quelqu'un.",
  nobodyAvailable:
    "Je suis désolée, personne n'est disponible pour le moment. Je suis toujours là. Que puis-je faire d'autre pour vous ?",
  recordingNotice: 'Cet appel est enregistré.',
  onHoldByPerson: 'Veuillez patienter, nous sommes à vous tout de suite.',
  personLeft: 'La ligne est de nouveau libre. Ce que vous dites est transmis par écrit, et je vous lis les réponses.',
  personLost: "La ligne avec votre interlocuteur a été interrompue. Un instant, s'il vous plaît.",
};

const german: HousePhrases = {
  goAhead: 'Jetzt können wir sprechen. Was kann ich für Sie tun?',
  stillThere: 'Sind Sie noch da?',
  goodbyeAfterSilence: 'Ich höre niemanden mehr und lege jetzt auf. Auf Wiederhören!',
  timeIsUp: 'Unsere Zeit ist um. Vielen Dank für Ihren Anruf und auf Wiederhören!',
  oneMinuteLeft: 'Wir haben noch eine Minute.',
  apology: 'Es tut mir leid, da ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.',
  onlyTones: 'Ich kann in diesem Gespräch keine Sprache verstehen. Bitte benutzen Sie die Tasten Ihres Telefons.',
  notUnderstood: 'Das habe ich leider nicht verstanden. Können Sie es anders sagen?',
  onHold: 'Einen Moment bitte. Ich hole jemanden für Sie.',
  nobodyAvailable:
    'Es tut mir leid, im Moment ist niemand verfügbar. Ich bin weiter für Sie da. Was kann ich sonst für Sie tun?',
  recordingNotice: 'Dieses Gespräch wird aufgezeichnet.',
  onHoldByPerson: 'Bitte bleiben Sie am Apparat. Wir sind gleich wieder für Sie da.',
  personLeft:
    'Die Leitung ist wieder frei. Was Sie sagen, wird schriftlich weitergegeben, und ich lese Ihnen die Antworten vor.',
  personLost: 'Die Verbindung zu Ihrem Gesprächspartner wurde unterbrochen. Einen Moment bitte.',
};

const spanish: HousePhrases = {
  goAhead: 'Ahora podemos hablar. ¿En qué puedo ayudarle?',
  stillThere: '¿Sigue ahí?',
  goodbyeAfterSilence: 'No oigo a nadie, así que voy a colgar. ¡Adiós!',
  timeIsUp: 'Se nos ha acabado el tiempo. Gracias por su llamada, y ¡adiós!',
  oneMinuteLeft: 'Nos queda un minuto.',
  apology: 'Lo siento, algo ha salido mal. Por favor, inténtelo de nuevo.',
  onlyTones: 'No puedo entender la voz en esta llamada. Por favor, use las teclas de su teléfono.',
  notUnderstood: 'Lo siento, no lo he entendido. ¿Puede decirlo de otra manera?',
  onHold: 'Un momento, por favor. Voy a buscar a alguien.',
  nobodyAvailable: 'Lo siento, ahora mismo no hay nadie disponible. Yo sigo aquí. ¿En qué más puedo ayudarle?',
  recordingNotice: 'Esta llamada se está grabando.',
  onHoldByPerson: 'Por favor, no cuelgue. Enseguida estamos con usted.',
  personLeft: 'La línea vuelve a estar libre. Lo que diga se transmite por escrito, y yo le leo las respuestas.',
  personLost: 'Se ha interrumpido la línea con la persona que le atendía. Un momento, por favor.',
};

const byLanguage: Record<string, HousePhrases> = { en: english, fr: french, de: german, es: spanish };

/** The phrases in a language (BCP-47), whatever its region; English where the house doesn't speak it. */
export function phrasesFor(language: string): HousePhrases {
  const [plain = ''] = language.toLowerCase().split('-');
  return byLanguage[plain] ?? english;
}
