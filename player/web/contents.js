/**
 * The table of contents: a nested list with the status of each activity.
 * @module
 */
import {make} from './page.js';
import {text} from './texts.js';

/** @typedef {import('./engine.js').Activity} Activity */
/** @typedef {import('./engine.js').Row} Row */

const MARKS = {none: '', incomplete: '', completed: '✓', passed: '✓', failed: '✕'};

/** @param {Row} row @returns {keyof typeof MARKS} */
function status(row) {
	if (row.success !== 'unknown') {
		return row.success;
	}
	if (row.completion === 'completed') {
		return 'completed';
	}
	return row.completion === 'incomplete' || row.current ? 'incomplete' : 'none';
}

/** @param {Row} row @param {Activity} activity */
function words(row, activity) {
	const name = status(row);
	const said = text({none: 'statusNone', incomplete: 'statusIncomplete', completed: 'statusCompleted', passed: 'statusPassed',
		failed: 'statusFailed'}[name]);
	return row.selectable || row.current || activity.kind === 'cluster' ? said : `${said}, ${text('statusUnavailable')}`;
}

/**
 * Draws it anew, keeping the focus on the activity that has it.
 * @param {HTMLElement} host
 * @param {Activity[]} activities
 * @param {Row[]} rows
 * @param {(activity: number) => void} choose
 */
export function drawContents(host, activities, rows, choose) {
	const focused = host.contains(document.activeElement) ? document.activeElement?.getAttribute('data-activity') : null;
	const root = make('ol');
	/** @type {Map<number|null, Element>} the list that holds an activity's children */
	const lists = new Map([[null, root], [0, root]]);
	for (const row of rows.filter(({visible, activity}) => visible && activity !== 0)) {
		const activity = activities[row.activity];
		const item = make('li', {}, entry(row, activity, choose));
		listOf(lists, activities, activity.parent).append(item);
		if (rows.some(({activity: child}) => activities[child].parent === activity.index)) {
			const below = make('ol');
			item.append(below);
			lists.set(activity.index, below);
		}
	}
	host.setAttribute('aria-label', text('contentsOf'));
	const scrolled = host.scrollTop;
	host.replaceChildren(make('h2', {'aria-hidden': 'true'}, text('contents')), root);
	host.scrollTop = scrolled;
	const current = root.querySelector('[aria-current]');
	if (current && keyOf(current) !== host.dataset.shown) {
		host.dataset.shown = keyOf(current);
		const [{top, bottom}, view] = [current.getBoundingClientRect(), host.getBoundingClientRect()];
		host.scrollTop += top < view.top ? top - view.top : Math.max(0, bottom - view.bottom);
	}
	if (focused) {
		keepFocus(/** @type {HTMLElement|null} */ (host.querySelector(`[data-activity="${focused}"]`)));
	}
}

/** An entry that can no longer be chosen is no button any more; whoever stood there stays there. @param {HTMLElement|null} entry */
function keepFocus(entry) {
	if (entry && entry.tagName !== 'BUTTON') {
		entry.tabIndex = -1;
	}
	entry?.focus();
}

/** @param {Element} entry */
function keyOf(entry) {
	return entry.getAttribute('data-activity') ?? '';
}

/** An invisible parent's children stand in the next visible list above. @param {Map<number|null, Element>} lists
 * @param {Activity[]} activities @param {number|null} parent @returns {Element} */
function listOf(lists, activities, parent) {
	const list = lists.get(parent);
	return list ?? listOf(lists, activities, parent === null ? null : activities[parent].parent);
}

/** @param {Row} row @param {Activity} activity @param {(activity: number) => void} choose */
function entry(row, activity, choose) {
	const name = status(row);
	const title = make('span', {class: 'contents-title'}, activity.title,
		make('span', {class: 'contents-status'}, words(row, activity)));
	const mark = make('span', {class: 'contents-mark', 'data-status': name, 'aria-hidden': 'true'}, MARKS[name]);
	const open = row.selectable && !row.current;
	const element = make(open ? 'button' : 'span', {'data-activity': String(activity.index), class:
		['contents-item', activity.kind === 'cluster' ? 'contents-cluster' : '', open || row.current ? '' : 'unavailable'].join(' ').trim()},
	mark, title);
	if (open) {
		element.setAttribute('type', 'button');
		element.addEventListener('click', () => choose(activity.index));
	}
	if (row.current) {
		element.setAttribute('aria-current', 'true');
	}
	return element;
}
