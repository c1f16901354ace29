/**
 * One visit to one course: passes the course's calls and the learner's wishes to the engine, takes what
 * the engine records to the outbox, and shows what the engine delivers.
 * @module
 */
import {createApi, installApi} from './api.js';
import {ScoFrame} from './frame.js';
import {leaveFor, reload} from './guard.js';
import {noMoves, possibleMoves} from './moves.js';
import {button} from './page.js';
import {Presence} from './presence.js';
import {Scene} from './scene.js';
import {text} from './texts.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./engine.js').Outcome} Outcome */
/** @typedef {import('./engine.js').Request} Request */
/** @typedef {import('./shell.js').Shell} Shell */
/** @typedef {import('./shell.js').Move} Move */
/** @typedef {import('./launch.js').Launch} Launch */

const REFRESH_MS = 300;
const LAST_SAVE_MS = 5000;
const TICK_MS = 5000;
const CHANGING = new Set(['initialize', 'terminate', 'setValue', 'commit']);

export class Course {
	#engine;
	#launch;
	#outbox;
	#uplink;
	#lease;
	#shell;
	#scene;
	#frame;
	#presence;
	#contentAddress;
	/** The course is being taken away by us: what it says now starts nothing new. */
	#leaving = false;
	/** That the time is over was told of the activity that runs. */
	#toldOvertime = false;
	/** The page itself goes away. */
	#gone = false;
	/** A request that goes no further: a preview tells why. */
	onRefused = (/** @type {Request} */ _request, /** @type {number|null} */ _target) => {};
	/** The learner has left for the path, or the course is not open yet. */
	#left = true;
	/** @type {ReturnType<typeof setTimeout>|undefined} */
	#refreshTimer;

	/**
	 * @param {object} parts
	 * @param {Engine} parts.engine
	 * @param {Launch} parts.launch
	 * @param {import('./outbox.js').Outbox} parts.outbox
	 * @param {import('./uplink.js').Uplink} parts.uplink
	 * @param {import('./lease.js').Lease} parts.lease
	 * @param {Shell} parts.shell
	 * @param {() => string} parts.contentAddress the address of the package's root
	 */
	constructor({engine, launch, outbox, uplink, lease, shell, contentAddress}) {
		this.#engine = engine;
		this.#launch = launch;
		this.#outbox = outbox;
		this.#uplink = uplink;
		this.#lease = lease;
		this.#shell = shell;
		this.#scene = new Scene(shell, engine, launch);
		this.#contentAddress = contentAddress;
		this.#frame = new ScoFrame(shell.stage);
		installApi(window, engine.edition, createApi(engine.edition, this.#call.bind(this), () => lease.held()));
		shell.onMove = move => this.#move(move);
		shell.onChoose = activity => this.#navigate('choice', activity);
		shell.onBack = () => void this.#back();
		this.#presence = new Presence(() => this.#frame.window, launch.heartbeat_seconds * 1000, ms => this.#present(ms));
		document.addEventListener('visibilitychange', () => this.#visibility());
		window.addEventListener('pagehide', () => this.#pageHide());
		window.addEventListener('pageshow', event => event.persisted && reload());
		window.addEventListener('beforeunload', event => {
			if (outbox.waiting.length > 0 && !outbox.stored) {
				event.preventDefault();
			}
		});
		setInterval(() => this.#tick(), TICK_MS);
	}

	/**
	 * Opens the course, where it was left if it was.
	 * @param {Uint8Array} globals what the learner's other courses left for it
	 */
	begin(globals) {
		const {learner, mode, credit, mastery_override: masteryOverride, status_rule: statusRule, seed} = this.#launch;
		this.#engine.beginSession(Date.now(), {...learner, mode, credit, masteryOverride, statusRule, seed});
		this.#left = false;
		this.#adopt(globals);
		this.#record(true);
		this.#scene.showTitles();
		this.#open();
	}

	/** @param {Uint8Array} globals */
	#adopt(globals) {
		if (globals.length === 0) {
			return;
		}
		try {
			this.#engine.adoptGlobals(Date.now(), globals);
		} catch (error) {
			/* Too much of it, most likely: the course works without. */
			console.warn('what other courses left:', error);
		}
	}

	/** Another page has taken over; nothing more is recorded here. */
	readOnly() {
		this.#refresh();
	}

	#open() {
		const now = Date.now();
		const request = /** @type {Request[]} */ (['resumeAll', 'start']).find(wish => this.#engine.mayNavigate(now, wish));
		if (request) {
			this.#navigate(request);
			return;
		}
		const first = this.#engine.contents(now).find(({selectable, activity}) => (
			selectable && this.#engine.activities[activity].kind !== 'cluster'));
		if (first) {
			this.#navigate('choice', first.activity);
		} else {
			this.#scene.offerChoice();
		}
	}

	/** A preview goes out and comes back as the learner would the next day, with nothing lost. @param {() => void} between */
	resume(between = () => {}) {
		this.#suspend();
		between();
		this.begin(new Uint8Array());
	}

	#reopen() {
		this.#left = false;
		this.#open();
	}

	/** A call of the course. @param {import('./engine.js').ApiFunction} name @param {string} first @param {string} second */
	#call(name, first, second) {
		let answer;
		try {
			answer = this.#engine.api(Date.now(), name, first, second);
		} catch (error) {
			this.#shell.notify(text('engineFailed'), [button(text('reload'), () => reload(), true)]);
			throw error;
		}
		if (CHANGING.has(name)) {
			this.#record(name === 'commit' || name === 'terminate');
			this.#refreshSoon();
			if (name === 'terminate' && answer === 'true' && !this.#leaving) {
				/* Not inside the course's own call: its page must return from it before it is taken away. */
				setTimeout(() => this.#terminated(), 0);
			}
		}
		return answer;
	}

	#terminated() {
		if (this.#leaving || !this.#lease.held()) {
			return;
		}
		if (this.#engine.wantsNavigation) {
			this.#takeAway();
			this.#settle(this.#engine.navigatePending(Date.now()));
		} else {
			this.#refresh();
			this.#shell.notify(text('finishedNotice'), [button(text('back'), () => void this.#back())]);
		}
	}

	/** @param {Move} move */
	#move(move) {
		if (move === 'suspendAll') {
			void this.#back();
		} else {
			this.#navigate(move);
		}
	}

	/** @param {Request} request @param {number|null} target */
	#navigate(request, target = null) {
		if (!this.#lease.held()) {
			return;
		}
		if (!this.#engine.mayNavigate(Date.now(), request, target)) {
			this.onRefused(request, target);
			this.#shell.notify(text('refusedMove'));
			this.#refresh();
			return;
		}
		this.#takeAway();
		this.#settle(this.#engine.navigate(Date.now(), request, target));
	}

	/**
	 * Removes the course that runs; its last calls are recorded before this returns.
	 * @param {boolean} beforeUnload whether the browser has not told it yet
	 */
	#takeAway(beforeUnload = true) {
		this.#leaving = true;
		this.#frame.remove(beforeUnload);
		this.#leaving = false;
	}

	/** Shows what a navigation came to. @param {Outcome} outcome */
	#settle(outcome) {
		this.#record(true);
		this.#shell.clearNotice();
		if (outcome.delivered !== null) {
			this.#deliver(outcome.delivered);
		} else if (outcome.sessionEnded) {
			this.#ended();
		} else {
			this.#scene.offerChoice();
		}
		if (!outcome.accepted) {
			this.#shell.notify(text('refusedMove'));
		}
		this.#refresh();
	}

	/** @param {number} index */
	#deliver(index) {
		const activity = this.#engine.activities[index];
		this.#toldOvertime = false;
		this.#shell.hidePanel();
		this.#scene.showTitles(activity.title);
		const absolute = /^[a-z][a-z0-9+.-]*:/i.test(activity.href);
		this.#frame.show(absolute ? activity.href : this.#contentAddress() + activity.href, text('contentFrame', activity.title));
		this.#frame.focus();
	}

	#ended() {
		this.#scene.showEnded(() => void this.#leave(), () => this.#reopen());
	}

	/** Leaves for the path, to come back later. */
	async #back() {
		this.#suspend();
		await this.#leave();
	}

	#suspend() {
		if (!this.#lease.held() || this.#left) {
			return;
		}
		this.#presence.flush();
		this.#takeAway();
		this.#left = true;
		if (this.#engine.mayNavigate(Date.now(), 'suspendAll')) {
			this.#engine.navigate(Date.now(), 'suspendAll');
		} else {
			this.#engine.unloaded(Date.now());
		}
		this.#record(true);
	}

	async #leave() {
		this.#left = true;
		this.#shell.clearNotice();
		this.#shell.showPanel(text('closing'), []);
		this.#refresh();
		const done = await this.#uplink.settle(LAST_SAVE_MS) || ['taken', 'preview', 'refused'].includes(this.#uplink.state);
		if (done) {
			leaveFor(this.#launch.back_url);
			return;
		}
		this.#shell.showPanel(text('suspendedTitle'), [text('leaveUnsent')], [
			button(text('leaveAnyway'), () => leaveFor(this.#launch.back_url), true),
			button(text('stay'), () => this.#reopen()),
		]);
	}

	/** @param {number} ms */
	#present(ms) {
		if (this.#lease.held() && !this.#gone && !this.#left) {
			this.#engine.presence(Date.now(), ms);
			this.#record(false);
		}
	}

	#tick() {
		this.#scene.showTime(this.#presence.pending);
		if (!this.#lease.held() || this.#gone || this.#left) {
			return;
		}
		const {tell, leave} = this.#engine.overtime(Date.now());
		if (leave) {
			this.#closeOvertime(tell);
		} else if (tell && !this.#toldOvertime) {
			this.#toldOvertime = true;
			this.#shell.notify(text('timeOver'));
		}
	}

	/** The activity's time is over and the course wants it closed then; its last words count. @param {boolean} tell */
	#closeOvertime(tell) {
		this.#presence.flush();
		this.#takeAway();
		if (this.#engine.mayNavigate(Date.now(), 'exit')) {
			this.#settle(this.#engine.navigate(Date.now(), 'exit'));
		} else {
			this.#engine.unloaded(Date.now());
			this.#settle({accepted: true, delivered: null, sessionEnded: false, exception: 0});
		}
		const alone = this.#engine.activities.filter(({kind}) => kind !== 'cluster').length === 1;
		if (alone && this.#frame.window === null) {
			this.#ended();
		}
		if (tell) {
			this.#shell.notify(text('timeOverEnded'));
		}
	}

	#visibility() {
		this.#presence.flush();
		if (document.hidden) {
			this.#uplink.leave();
		} else {
			this.#uplink.wake();
		}
	}

	/** The page goes away, with or without the learner's will. The course's own handlers run first. */
	#pageHide() {
		if (this.#gone || !this.#lease.held()) {
			return;
		}
		this.#presence.flush();
		this.#takeAway(false);
		if (this.#engine.current !== null && !this.#left) {
			this.#engine.unloaded(Date.now());
		}
		this.#record(false);
		this.#gone = true;
		this.#uplink.leave();
	}

	/** Takes what the engine recorded to the outbox. @param {boolean} urgent */
	#record(urgent) {
		const increment = this.#engine.takeJournal();
		if (increment && this.#uplink.state !== 'preview') {
			this.#outbox.add(increment);
			this.#uplink.notify(urgent);
			if (this.#gone) {
				this.#uplink.leave();
			}
		}
	}

	#refreshSoon() {
		this.#refreshTimer ??= setTimeout(() => this.#refresh(), REFRESH_MS);
	}

	#refresh() {
		clearTimeout(this.#refreshTimer);
		this.#refreshTimer = undefined;
		const open = this.#lease.held() && !this.#left;
		const rows = this.#engine.contents(Date.now());
		this.#shell.showContents(this.#engine.activities, open ? rows : rows.map(row => ({...row, selectable: false})));
		this.#shell.showMoves(open ? possibleMoves(this.#engine) : noMoves());
		this.#scene.showTime(this.#presence.pending);
	}
}
