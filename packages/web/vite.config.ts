// How the pages are built: plain files in dist/, which the gateway serves.
import { defineConfig, type UserConfig } from 'vite';

const config: UserConfig = defineConfig({
  base: './',
  build: { target: 'es2022', sourcemap: true },
});
export default config;
