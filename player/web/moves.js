/**
 * Which of the player's buttons are shown, and which can be pressed now. The engine decides; a course
 * may hide them (adlnav:hideLMSUI).
 * @module
 */
import {HIDE} from './engine.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./shell.js').Move} Move */
/** @typedef {Record<Move, import('./shell.js').MoveState>} Moves */

/** @param {Engine} engine @returns {Moves} */
export function possibleMoves(engine) {
	const {current} = engine;
	const hidden = current === null ? 0 : engine.activities[current].hidden;
	const several = engine.activities.filter(({kind}) => kind !== 'cluster').length > 1;
	const is2004 = engine.edition === '2004';
	/** @param {Move} request @param {boolean} shown */
	const state = (request, shown) => ({
		shown: shown && current !== null && (hidden & HIDE[request]) === 0,
		enabled: shown && (request === 'continue' ? mayContinue(engine) : engine.mayNavigate(Date.now(), request)),
	});
	return {
		previous: state('previous', several),
		continue: state('continue', several),
		/* SCORM 1.2 knows one way out, the link back to the path. */
		suspendAll: state('suspendAll', is2004),
		exitAll: state('exitAll', is2004),
	};
}

/** @returns {Moves} */
export function noMoves() {
	const none = {shown: false, enabled: false};
	return {previous: none, continue: none, suspendAll: none, exitAll: none};
}

/**
 * Whether going on leads somewhere. Where every way on is closed, or there is none, it would end the session:
 * that is offered only once the activity is done, not to a learner who wants to turn a page.
 * @param {Engine} engine
 */
function mayContinue(engine) {
	const {accepted, delivered} = engine.foresee(Date.now(), 'continue');
	if (!accepted || delivered !== null) {
		return accepted;
	}
	const row = engine.contents(Date.now()).find(({activity}) => activity === engine.current);
	return row !== undefined && (row.completion === 'completed' || row.success !== 'unknown');
}
