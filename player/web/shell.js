/**
 * What stands around the course: title, save state, time, notices, panels, the buttons to move about.
 * It shows what it is told and reports what the learner presses; it decides nothing.
 * @module
 */
import {drawContents} from './contents.js';
import {ask, button, byId, make} from './page.js';
import {duration, locale, text} from './texts.js';

/** @typedef {import('./uplink.js').Uplink} Uplink */
/** @typedef {'previous'|'continue'|'suspendAll'|'exitAll'} Move */
/** @typedef {{shown: boolean, enabled: boolean}} MoveState */

/** @type {Record<Move, string>} */
const MOVES = {previous: 'previous', continue: 'next', suspendAll: 'suspend', exitAll: 'exit'};

export class Shell {
	/** The learner's wishes; whoever runs the course fills them in. */
	onMove = (/** @type {Move} */ _move) => {};
	onChoose = (/** @type {number} */ _activity) => {};
	onBack = () => {};

	stage = byId('stage');
	#panel = byId('panel');
	#contents = byId('contents');
	#notices = byId('notices');
	/** @type {Record<string, HTMLButtonElement>} */
	#buttons = {};
	#toggle;

	/** @param {string} backUrl */
	constructor(backUrl) {
		const back = /** @type {HTMLAnchorElement} */ (byId('back'));
		back.href = backUrl;
		byId('back-text').textContent = text('back');
		back.addEventListener('click', event => {
			event.preventDefault();
			this.onBack();
		});
		const moves = byId('moves');
		moves.replaceChildren();
		moves.setAttribute('aria-label', text('moves'));
		this.#toggle = button(text('contents'), () => this.#openContents(!this.#contents.classList.contains('open')));
		this.#toggle.classList.add('moves-contents');
		this.#toggle.setAttribute('aria-controls', 'contents');
		this.#toggle.setAttribute('aria-expanded', 'false');
		this.#contents.addEventListener('keydown', event => {
			if (event.key === 'Escape' && this.#contents.classList.contains('open')) {
				this.#openContents(false);
				this.#toggle.focus();
			}
		});
		moves.append(this.#toggle);
		for (const [move, name] of Object.entries(MOVES)) {
			const element = button(text(name), () => this.onMove(/** @type {Move} */ (move)), move === 'continue');
			element.hidden = true;
			this.#buttons[move] = /** @type {HTMLButtonElement} */ (element);
			moves.append(element);
		}
	}

	/** @param {string} course @param {string} activity @param {string} above the small line above the activity */
	showTitles(course, activity, above = '') {
		byId('course-title').textContent = above;
		byId('activity-title').textContent = activity;
		document.title = course === activity ? course : `${activity} – ${course}`;
	}

	/** @param {string} words */
	showMode(words) {
		byId('mode').textContent = words;
		byId('mode').hidden = false;
	}

	/** @param {number} ms */
	showTime(ms) {
		const clock = byId('clock');
		clock.hidden = false;
		clock.replaceChildren(make('span', {class: 'bar-clock-label'}, `${text('activeTime')}: `), duration(ms));
	}

	/** @param {Uplink} uplink @param {boolean} stored whether what waits is in local storage */
	showSaving(uplink, stored) {
		const words = {
			saved: () => (uplink.savedAt ? text('saved', uplink.savedAt.toLocaleTimeString(locale(),
				{hour: '2-digit', minute: '2-digit'})) : text('savedNothing')),
			sending: () => text('sending'),
			waiting: () => text(stored ? 'waiting' : 'waitingOnlyHere'),
			busy: () => text(stored ? 'serverBusy' : 'waitingOnlyHere'),
			expired: () => text('expired'),
			taken: () => text('taken'),
			refused: () => text('refused', uplink.code),
			preview: () => '',
		}[uplink.state]();
		const save = byId('save');
		save.dataset.state = uplink.state;
		save.hidden = words === '';
		/* Only trouble is announced; "saved" every few seconds would be noise. */
		save.setAttribute('role', ['saved', 'sending'].includes(uplink.state) ? 'none' : 'status');
		if (byId('save-text').textContent !== words) {
			byId('save-text').textContent = words;
		}
	}

	/** @param {import('./engine.js').Activity[]} activities @param {import('./engine.js').Row[]} rows */
	showContents(activities, rows) {
		const leaves = activities.filter(({kind}) => kind !== 'cluster').length;
		const useful = leaves > 1 && rows.some(({visible, activity}) => visible && activity !== 0);
		this.#contents.hidden = !useful;
		this.#toggle.hidden = !useful;
		if (useful) {
			drawContents(this.#contents, activities, rows, activity => {
				this.#openContents(false);
				this.onChoose(activity);
			});
		}
		this.#showFoot();
	}

	/** @param {Record<Move, MoveState>} moves */
	showMoves(moves) {
		for (const [move, {shown, enabled}] of Object.entries(moves)) {
			this.#buttons[move].hidden = !shown;
			this.#buttons[move].disabled = !enabled;
		}
		this.#showFoot();
	}

	/**
	 * A line above the course, until the next one.
	 * @param {string} words
	 * @param {HTMLElement[]} buttons
	 */
	notify(words, buttons = []) {
		this.#notices.replaceChildren(make('div', {class: 'notice'}, make('p', {}, words), ...buttons));
	}

	clearNotice() {
		this.#notices.replaceChildren();
	}

	/**
	 * In place of the course.
	 * @param {string} title
	 * @param {string[]} lines
	 * @param {HTMLElement[]} buttons
	 * @param {boolean} good with a mark of success
	 */
	showPanel(title, lines, buttons = [], good = false) {
		const heading = make('h2', {tabindex: '-1'}, title);
		const mark = good ? [make('div', {class: 'panel-mark', 'aria-hidden': 'true'}, '✓')] : [];
		this.#panel.replaceChildren(...mark, heading, ...lines.map(line => make('p', {}, line)), make('div', {class: 'buttons'}, ...buttons));
		this.#panel.hidden = false;
		heading.focus();
	}

	hidePanel() {
		this.#panel.hidden = true;
	}

	/** @param {string} title @param {string} words @param {{label: string, act: () => void}[]} choices */
	ask(title, words, choices) {
		return ask(title, words, choices);
	}

	/** @param {boolean} open */
	#openContents(open) {
		this.#contents.classList.toggle('open', open);
		this.#toggle.setAttribute('aria-expanded', String(open));
		if (open) {
			/** @type {HTMLElement|null} */ (this.#contents.querySelector('button'))?.focus();
		}
	}

	#showFoot() {
		byId('moves').hidden = this.#toggle.hidden && Object.values(this.#buttons).every(({hidden}) => hidden);
		/* With nothing but the toggle in it, the foot is of use on narrow screens alone. */
		byId('moves').classList.toggle('only-contents', Object.values(this.#buttons).every(({hidden}) => hidden));
	}
}
