/**
 * What the learner sees of the course as a whole: its titles, its time, and what stands in its place when nothing of it
 * is open.
 * @module
 */
import {button} from './page.js';
import {duration, text} from './texts.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./launch.js').Launch} Launch */
/** @typedef {import('./shell.js').Shell} Shell */

export class Scene {
	#shell;
	#engine;
	#launch;

	/** @param {Shell} shell @param {Engine} engine @param {Launch} launch */
	constructor(shell, engine, launch) {
		this.#shell = shell;
		this.#engine = engine;
		this.#launch = launch;
	}

	/** Of the activity that is open; of the course when none is, or it has no title. */
	showTitles(activity = '') {
		const {course, module} = this.#launch;
		const whole = course.title || this.#engine.title;
		const shown = activity || whole;
		const above = [...(module ? [text('module', module.index)] : []), ...(shown === whole ? [] : [whole])];
		this.#shell.showTitles(whole, shown, above.join(' · '));
	}

	/** @param {number} pending milliseconds not yet recorded */
	showTime(pending) {
		this.#shell.showTime(this.#engine.summary().activeMs + pending);
	}

	/** @param {() => void} leave @param {() => void} reopen */
	showEnded(leave, reopen) {
		const {completion, score, activeMs} = this.#engine.summary();
		const completed = completion === 'completed';
		const suspended = !completed && this.#engine.edition === '2004' && this.#engine.mayNavigate(Date.now(), 'resumeAll');
		const lines = [text(completed ? 'completedText' : suspended ? 'suspendedText' : 'incompleteText')];
		if (score !== null) {
			lines.push(text('score', Math.round(score * 100)));
		}
		lines.push(text('timeSpent', duration(activeMs)));
		this.showTitles();
		this.#shell.showPanel(text(suspended ? 'suspendedTitle' : 'endedTitle'), lines, [
			button(text('back'), leave, true),
			button(text('reopen'), reopen),
		], completed);
	}

	offerChoice() {
		this.showTitles();
		this.#shell.showPanel(text('chooseTitle'), [text('chooseText')]);
	}
}
