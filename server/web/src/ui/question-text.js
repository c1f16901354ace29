// A text with places in it, written [[1]], [[2]] ... by the server: selects, fields to write in, or words to mark.

import { html, classes } from '../html.js';
import { t } from '../i18n.js';
import { choose, chosenFor, pair, parts, written } from './question-answer.js';
import { Entries, entryTexts } from './question-entries.js';
import { isRich, plainText, Rich } from './rich.js';

/** @param {import('./question.js').QuestionProps & {place: string}} props */
function Place({ item, answer, onAnswer, place }) {
	const slots = item.slots ?? [];
	const name = t('quest.gap', { n: place, total: slots.length });
	if (item.type === 'hot_text') {
		const option = item.options.find(({ id }) => id === place);
		const on = answer.includes(place);
		return html`<button type="button" class=${classes('hot', on && 'hot-on')} aria-pressed=${on ? 'true' : 'false'}
			onClick=${() => onAnswer(choose(item, answer, place))}><${Rich} text=${option?.text ?? ''} /></button>`;
	}
	const at = slots.findIndex(({ id }) => id === place);
	if (item.type === 'text_entry') {
		const number = slots[at]?.kind === 'number';
		return html`<input class="form-control gap-text" type="text" aria-label=${name} aria-describedby="question-how" autocomplete="off" spellcheck="false"
			inputmode=${number ? 'decimal' : undefined} maxlength="500" value=${answer[at] ?? ''}
			onInput=${(/** @type {any} */ event) => onAnswer(written(slots.length, answer, at, event.target.value))} />`;
	}
	const chosen = chosenFor(answer, place);
	const options = entryTexts(slots[at]?.options ?? item.options);
	return html`<select class="form-select gap" aria-label=${name} aria-describedby="question-how" value=${chosen}
		onChange=${(/** @type {any} */ event) => onAnswer(pair(item, answer, place, event.target.value))}>
		<option value="">${t('quest.choose_here')}</option>
		${options.map(([id, text]) => html`<option key=${id} value=${id} selected=${chosen === id}>${text}</option>`)}
	</select>`;
}

/** @param {import('./question.js').QuestionProps} props */
export function Cloze({ item, answer, onAnswer }) {
	const withPlaces = (/** @type {string} */ text) => parts(text).map((part, i) => (typeof part === 'string'
		? part
		: html`<${Place} key=${i} item=${item} answer=${answer} onAnswer=${onAnswer} place=${part.place} />`));
	const placed = plainText(item.stem).includes('[[');
	const entries = item.type === 'gap_match' && html`<${Entries} options=${item.options} />`;
	if (placed && isRich(item.stem)) {
		return html`${entries}<div class="cloze"><${Rich} text=${item.stem} each=${withPlaces} /></div>`;
	}
	return html`${entries}<p class="cloze">${placed ? withPlaces(/** @type {string} */ (item.stem))
		: (item.slots ?? []).map(({ id }) => html`<${Place} key=${id} item=${item} answer=${answer} onAnswer=${onAnswer} place=${id} />`)}</p>`;
}
