// The desk's entry: mounts the page into the document.
import '../strict-csp.ts';
import { render } from 'preact';
import { restoreTheme } from '../demo/theme.ts';
import { DeskPage } from './desk-page.tsx';
import '../styles/desk.css';

restoreTheme();
const app = document.getElementById('app');
if (app) render(<DeskPage />, app);
