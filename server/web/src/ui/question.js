// A question and its answer, whatever its type. Everything is done by keyboard alone, nothing by dragging: options
// are radio buttons and checkboxes, pairs and gaps are selects, orders have buttons, words of a text are toggles.
// Texts are plain, and shown as they are, or a tree of a few safe elements (rich.js): no markup is ever interpreted.

import { html, classes } from '../html.js';
import { t } from '../i18n.js';
import { choose, chosenFor, pair } from './question-answer.js';
import { Entries, entryTexts } from './question-entries.js';
import { Order } from './question-order.js';
import { Cloze } from './question-text.js';
import { isRich, Media as MediaElement, plainText, Rich } from './rich.js';

/** @typedef {import('../types.js').PlacementItem} Item */
/** @typedef {{item: Item, answer: string[], onAnswer: (answer: string[]) => void}} QuestionProps */

/** @param {QuestionProps} props */
function Choices({ item, answer, onAnswer }) {
	const many = item.type === 'multiple';
	return item.options.map((option) => {
		const id = `option-${option.id}`;
		const on = answer.includes(option.id);
		return html`<div key=${option.id} class=${classes('option', on && 'option-on')}>
			<input type=${many ? 'checkbox' : 'radio'} name="answer" id=${id} value=${option.id} checked=${on}
				aria-describedby="question-how" onChange=${() => onAnswer(choose(item, answer, option.id))} />
			<label for=${id}><${Rich} text=${option.text} /></label>
		</div>`;
	});
}

/** @param {QuestionProps} props */
function Match({ item, answer, onAnswer }) {
	return html`<${Entries} options=${item.options} /><div class="match">${(item.slots ?? []).map((slot) => html`<div key=${slot.id} class="match-row">
		<label for=${`slot-${slot.id}`}><${Rich} text=${slot.text} /></label>
		<select class="form-select" id=${`slot-${slot.id}`} aria-describedby="question-how" value=${chosenFor(answer, slot.id)}
			onChange=${(/** @type {any} */ event) => onAnswer(pair(item, answer, slot.id, event.target.value))}>
			<option value="">${t('quest.choose_here')}</option>
			${entryTexts(item.options).map(([id, text]) => html`<option key=${id} value=${id} selected=${chosenFor(answer, slot.id) === id}>${text}</option>`)}
		</select>
	</div>`)}</div>`;
}

/** Images and sounds, each with what it says in words. @param {{media: NonNullable<Item['media']>}} props */
function Media({ media }) {
	return html`<div class="question-media">${media.map(({ sha256, type, alt }) => html`<${MediaElement} key=${sha256} sha256=${sha256} type=${type} alt=${alt} />`)}</div>`;
}

/** How a question of each type is answered. @type {Record<string, string>} */
const HOW = {
	single: 'quest.choose_one',
	true_false: 'quest.choose_one',
	multiple: 'quest.choose_many',
	match: 'quest.how_match',
	order: 'quest.how_order',
	inline_choice: 'quest.how_gaps',
	gap_match: 'quest.how_gaps',
	text_entry: 'quest.how_text',
	hot_text: 'quest.how_hot',
};

/** @type {Record<string, any>} */
const BODIES = { match: Match, order: Order, inline_choice: Cloze, gap_match: Cloze, text_entry: Cloze, hot_text: Cloze };

/** @param {QuestionProps} props */
export function QuestionField({ item, answer, onAnswer }) {
	const Body = BODIES[item.type] ?? Choices;
	const placed = Body === Cloze && plainText(item.stem).includes('[[');
	// A legend holds a line of text only: what has paragraphs, tables or images stands beside it and names the group.
	const rich = isRich(item.stem) && !placed;
	const how = t(HOW[item.type] ?? HOW.single);
	return html`<fieldset class="question" key=${item.position} aria-labelledby=${rich ? 'question-stem' : undefined}>
		${placed ? html`<legend class="question-how" id="question-how">${how}</legend>`
		: rich ? html`<div class="question-stem" id="question-stem"><${Rich} text=${item.stem} /></div>`
		: html`<legend>${item.stem}</legend>`}
		${item.media && html`<${Media} media=${item.media} />`}
		${!placed && html`<p class="muted" id="question-how">${how}</p>`}
		<${Body} item=${item} answer=${answer} onAnswer=${onAnswer} />
	</fieldset>`;
}
