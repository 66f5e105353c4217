// The demo page's entry: mounts the page into the document.
import './strict-csp.ts';
import { render } from 'preact';
import { DemoPage } from './demo/demo-page.tsx';
import { restoreTheme } from './demo/theme.ts';
import './styles/index.css';

restoreTheme();
const app = document.getElementById('app');
if (app) render(<DemoPage />, app);
