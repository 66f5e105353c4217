// How the pages are built: plain files in dist/, which the gateway serves under a strict content security policy.
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const page = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const config: UserConfig = defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // `light-dark()` stays as it is: what it would be turned into for older browsers doubles the styles.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // No picture becomes part of a style or a script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
    rolldownOptions: { input: [page('index.html'), page('desk.html')] },
  },
});
export default config;
