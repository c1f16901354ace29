// A value that components can watch: the few things that belong to no page (session, language, address, notices).

import { useLayoutEffect, useState } from 'preact/hooks';

/**
 * @template T
 * @typedef {{get: () => T, set: (value: T) => void, watch: (call: () => void) => () => void}} Signal
 */

/** @template T @param {T} value @returns {Signal<T>} */
export function signal(value) {
	/** @type {Set<() => void>} */
	const watchers = new Set();
	return {
		get: () => value,
		set(next) {
			value = next;
			for (const call of [...watchers]) {
				call();
			}
		},
		watch(call) {
			watchers.add(call);
			return () => watchers.delete(call);
		},
	};
}

/** The signal's value now; the component is drawn again when it changes. @template T @param {Signal<T>} source @returns {T} */
export function useSignal(source) {
	const [, redraw] = useState(0);
	const drawn = source.get();
	useLayoutEffect(() => {
		const draw = () => redraw((n) => n + 1);
		if (source.get() !== drawn) {
			draw(); // It changed between the drawing and now.
		}
		return source.watch(draw);
	}, [source]);
	return drawn;
}
