// Asking the server for what a page shows: loading, failed, there.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { ErrorBox } from './problems.js';

/**
 * @template T
 * @typedef {{data: T | null, error: unknown, busy: boolean, reload: () => Promise<void>, set: (data: T) => void}} Loaded
 */

/**
 * Asks when the page appears and again whenever one of `on` changes; a late answer to an older question is dropped.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {any[]} [on]
 * @returns {Loaded<T>}
 */
export function useLoad(ask, on = []) {
	const [state, setState] = useState({ data: /** @type {T | null} */ (null), error: /** @type {unknown} */ (null), busy: true });
	const turn = useRef(0);
	const reload = useCallback(async () => {
		const mine = ++turn.current;
		setState((old) => ({ ...old, busy: true }));
		/** @type {{data?: T, error: unknown, busy: boolean}} */
		let next;
		try {
			next = { data: await ask(), error: null, busy: false };
		} catch (error) {
			next = { error, busy: false };
		}
		if (mine === turn.current) {
			setState((old) => ({ ...old, ...next }));
		}
	}, on);
	useEffect(() => {
		reload();
		return () => {
			turn.current += 1;
		};
	}, [reload]);
	return { ...state, reload, set: (data) => setState({ data, error: null, busy: false }) };
}

export function Loading() {
	return html`<div class="loading" role="status">
		<div class="progress-spinner progress-spinner-active size-sm" aria-hidden="true"></div>
		<span>${t('state.loading')}…</span>
	</div>`;
}

/** Shows what was loaded, or that it is on its way, or what went wrong. @param {{of: Loaded<any>, children: (data: any) => any}} props */
export function Load({ of, children }) {
	if (of.error) {
		return html`<${ErrorBox} error=${of.error} retry=${of.reload} />`;
	}
	return of.data === null ? html`<${Loading} />` : children(of.data);
}
