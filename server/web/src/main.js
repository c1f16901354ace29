// Where the application starts in the browser.

import { render } from 'preact';
import { App } from './app.js';
import { html } from './html.js';
import { language } from './i18n.js';
import { startRouter } from './router.js';
import { loadSession, session } from './session.js';

document.documentElement.lang = language.get();
startRouter();
loadSession().catch(() => session.set({ user: null, csrf: '', programme: null, unreachable: true }));
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
