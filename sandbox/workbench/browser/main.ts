import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import { applyAppearance } from './platform/appearance.ts';
import App from './shell/app/app.ts';

applyAppearance();
document.getElementById('root')?.append(createElement('shell-app', { is: App }));
