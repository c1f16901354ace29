// Texts of questions: plain, or a tree of a few safe elements (assessment/rich.h). The tree is built by the server from
// what authors wrote, and drawn here element by element: no markup is ever parsed or set.

import { h } from 'preact';
import { html } from '../html.js';
import { t } from '../i18n.js';

/** @typedef {string | {tag: string, of?: RichNode[], sha256?: string, type?: string, alt?: string}} RichNode */
/** @typedef {string | RichNode[]} RichText */

const INLINE = ['em', 'strong', 'sub', 'sup', 'code', 'br'];
const TAGS = ['p', 'pre', 'blockquote', 'ul', 'ol', 'li', 'table', 'tr', 'th', 'td', ...INLINE];

/** @param {RichText} text */
export const isRich = (text) => Array.isArray(text);

/** Raised or lowered text keeps its place: by the digits there are for it, or by a sign (assessment/rich.c). @param {string} text @param {boolean} raised */
function shifted(text, raised) {
	const sign = raised ? '^' : '_';
	return /^\d*$/.test(text) ? [...text].map((digit) => (raised ? '⁰¹²³⁴⁵⁶⁷⁸⁹' : '₀₁₂₃₄₅₆₇₈₉')[Number(digit)]).join('')
		: [...text].length > 1 ? `${sign}(${text})` : sign + text;
}

/** Only what is read. @param {RichText} text @returns {string} */
export function plainText(text) {
	if (typeof text === 'string') {
		return text;
	}
	return text.map((node) => (typeof node === 'string' ? node
		: node.tag === 'sup' || node.tag === 'sub' ? shifted(plainText(node.of ?? []), node.tag === 'sup')
		: `${node.alt ?? plainText(node.of ?? [])}${INLINE.includes(node.tag) && node.tag !== 'br' ? '' : ' '}`)).join('').trim();
}

/** An image, or a sound with what it says in words. @param {{sha256: string, type: string, alt: string}} props */
export function Media({ sha256, type, alt }) {
	const source = `/api/media/${sha256}`;
	return type.startsWith('image/')
		? html`<img class="question-image" src=${source} alt=${alt} />`
		: html`<figure><audio controls preload="metadata" src=${source} aria-label=${t('quest.sound')}></audio>
			<figcaption><details><summary>${t('quest.sound_text')}</summary>${alt}</details></figcaption></figure>`;
}

/** @param {RichNode[]} nodes @param {(text: string) => any} each @returns {any[]} */
function draw(nodes, each) {
	return nodes.map((node, i) => {
		if (typeof node === 'string') {
			return each(node);
		}
		if (node.tag === 'img' || node.tag === 'audio') {
			return html`<${Media} key=${i} sha256=${node.sha256} type=${node.type} alt=${node.alt} />`;
		}
		if (node.tag === 'table') {
			return html`<div key=${i} class="table-responsive"><table class="table table-sm question-table"><tbody>${draw(node.of ?? [], each)}</tbody></table></div>`;
		}
		return TAGS.includes(node.tag) ? h(node.tag, { key: i }, node.tag === 'br' ? undefined : draw(node.of ?? [], each)) : null;
	});
}

/** `each` draws a piece of text. @param {{text: RichText, each?: (text: string) => any}} props */
export function Rich({ text, each = (piece) => piece }) {
	return html`${typeof text === 'string' ? each(text) : draw(text, each)}`;
}
