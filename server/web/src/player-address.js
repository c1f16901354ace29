// The way into the player, which is another origin and cannot see which language was chosen here.

import { language } from './i18n.js';

/** @param {string} url as a launch gives it */
export function playerAddress(url) {
	const chosen = language.get();
	return chosen === 'it' ? url : `${url}?lang=${chosen}`;
}
