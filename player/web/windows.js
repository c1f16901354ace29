/**
 * The windows of a course: the frame that it runs in, and the frames inside.
 * @module
 */

/** Those whose documents may be touched; a frame of another origin may not. @param {Window} target @returns {Window[]} */
export function windowsWithin(target) {
	try {
		void target.document;
		return [target, ...Array.from({length: target.length}, (_, index) => windowsWithin(target[index])).flat()];
	} catch {
		return [];
	}
}
