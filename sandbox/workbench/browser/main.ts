import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import App from './shell/app/app.ts';

document.getElementById('root')?.append(createElement('shell-app', { is: App }));
