// The script of the demo agent.

/** Where the demo agent's script lies. */
export const demoScript: URL = new URL('./ada.yaml', import.meta.url);
