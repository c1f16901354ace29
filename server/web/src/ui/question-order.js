// Putting things in order with two buttons each; where a thing went is said aloud, and the focus goes with it.

import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { Icon } from './icon.js';
import { plainText, Rich } from './rich.js';
import { moved } from './question-answer.js';

/** @param {import('./question.js').QuestionProps} props */
export function Order({ item, answer, onAnswer }) {
	const [said, say] = useState('');
	const list = useRef(/** @type {any} */ (null));
	const follow = useRef(/** @type {{id: string, way: string} | null} */ (null));
	const order = answer.length === item.options.length ? answer : item.options.map(({ id }) => id);
	const text = (/** @type {string} */ id) => item.options.find((option) => option.id === id)?.text ?? '';
	const named = (/** @type {string} */ id) => plainText(text(id));
	const move = (/** @type {number} */ from, /** @type {number} */ by) => {
		follow.current = { id: order[from], way: by < 0 ? 'up' : 'down' };
		say(t('quest.order_moved', { text: named(order[from]), n: from + by + 1, total: order.length }));
		onAnswer(moved(order, from, by));
	};
	useEffect(() => {
		if (follow.current) {
			const { id, way } = follow.current;
			const row = list.current?.querySelector(`[data-id="${id}"]`);
			const wanted = row?.querySelector(`[data-way="${way}"]:not([disabled])`) ?? row?.querySelector('button:not([disabled])');
			wanted?.focus();
			follow.current = null;
		}
	});
	return html`<ol class="order" ref=${list}>${order.map((id, i) => html`<li key=${id} data-id=${id}>
			<span class="order-text"><${Rich} text=${text(id)} /></span>
			<span class="order-buttons">
				<button type="button" class="btn btn-outline-primary" data-way="up" disabled=${i === 0} aria-label=${t('quest.order_up', { text: named(id) })} onClick=${() => move(i, -1)}><${Icon} name="arrow-up" size="sm" color="primary" /></button>
				<button type="button" class="btn btn-outline-primary" data-way="down" disabled=${i === order.length - 1} aria-label=${t('quest.order_down', { text: named(id) })} onClick=${() => move(i, 1)}><${Icon} name="arrow-down" size="sm" color="primary" /></button>
			</span>
		</li>`)}</ol>
		<p class="visually-hidden" role="status">${said}</p>
		${answer.length === 0 && html`<p><button type="button" class="btn btn-outline-primary" onClick=${() => onAnswer(order)}>${t('quest.order_is_right')}</button></p>`}`;
}
