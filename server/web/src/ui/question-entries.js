// What is chosen from a list that shows words only. When some of it has images, sounds or markup, all of it is shown once
// before, each with a letter, and the list names it by that letter and what it says in words.

import { html } from '../html.js';
import { t } from '../i18n.js';
import { isRich, plainText, Rich } from './rich.js';

/** @typedef {{id: string, text: import('./rich.js').RichText}} Option */

/** @param {number} i */
const letter = (i) => String.fromCharCode(65 + i);

/** @param {Option[]} options */
const anyRich = (options) => options.some(({ text }) => isRich(text));

/** The words of each in a list. @param {Option[]} options @returns {[string, string][]} */
export function entryTexts(options) {
	const lettered = anyRich(options);
	return options.map(({ id, text }, i) => [id, lettered ? `${letter(i)}. ${plainText(text)}` : plainText(text)]);
}

/** All of them as they are, when words alone would not show them. @param {{options: Option[]}} props */
export function Entries({ options }) {
	return anyRich(options) && html`<ul class="entries" aria-label=${t('quest.entries')}>${options.map(({ id, text }, i) => html`<li key=${id}>
		<span class="entry-letter">${letter(i)}.</span><span class="entry-text"><${Rich} text=${text} /></span>
	</li>`)}</ul>`;
}
