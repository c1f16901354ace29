// The shapes of the server's answers: types only, for the checker and the reader.

/** @typedef {{id: string, name_it: string, name_en: string}} Level */

/**
 * @typedef {object} PathModule
 * @property {number} index
 * @property {string} title_it
 * @property {string} title_en
 * @property {'not_started' | 'in_progress' | 'completed' | 'unassigned'} status
 * @property {boolean} locked
 * @property {'unknown' | 'passed' | 'failed'} success
 * @property {number | null} score
 * @property {number | null} progress
 * @property {number} seconds
 * @property {number} minutes_expected
 * @property {{state: 'waiting' | 'returning' | 'done', at: string} | null} update a new version of its course
 */

/**
 * @typedef {object} MyPath
 * @property {Level | null} level
 * @property {{state: 'none' | 'open' | 'done', attempt: number | null, adaptive?: boolean, may_start: boolean, may_retake_from: string | null, why_not: import('./api.js').Problem | null}} placement
 * @property {'free' | 'forced'} order
 * @property {PathModule[]} modules
 * @property {number | null} next
 * @property {number} seconds_total
 * @property {number} seconds_needed
 * @property {{complete: boolean, at: string | null, missing: import('./api.js').Problem[]}} completion
 */

/**
 * @typedef {object} Credits
 * @property {{id: number, title: string, data_ini: string, data_fine: string, crediti: string} | null} event
 * @property {boolean} eligible
 * @property {string | null} earned_on
 * @property {boolean} professional has an ECM profession
 * @property {boolean} company_known works for a body of the region
 * @property {boolean} [in_class] attendance in place of path
 * @property {{code: string, demanded: boolean, fulfilled: boolean, day: string | null, it: string, en: string, mend_it: string, mend_en: string}[]} conditions
 * @property {{recruited: boolean, sponsor: string, works_here: boolean, at: string, text: string} | null} declaration
 * @property {string} declaration_text_it
 * @property {string} declaration_text_en
 */

/** @typedef {import('./ui/rich.js').RichText} RichText */

/**
 * @typedef {object} PlacementItem
 * @property {number} position from 0
 * @property {string} area_it
 * @property {string} [area_en]
 * @property {'single' | 'multiple' | 'true_false' | 'match' | 'order' | 'inline_choice' | 'text_entry' | 'gap_match' | 'hot_text'} type
 * @property {RichText} stem [[1]] is the place of the first slot, or of the first option of a hot text
 * @property {{id: string, text: RichText}[]} options
 * @property {{id: string, text: RichText, options?: {id: string, text: RichText}[], kind?: 'text' | 'number'}[]} [slots] prompts and gaps
 * @property {{sha256: string, type: string, alt: string}[]} [media]
 * @property {string[]} answer places, "slot option" pairs, or texts (assessment/form/response.h)
 * @property {number} revision
 */

/** @typedef {{id: string, name_it: string, name_en: string, score: number, maximum: number, profile?: 'above' | 'below' | 'as_expected' | 'unknown'}} AreaResult */

/**
 * @typedef {object} Placement
 * @property {number} id
 * @property {'open' | 'done'} state
 * @property {number} position from 0
 * @property {number} total
 * @property {boolean} may_go_back
 * @property {boolean[]} answered
 * @property {boolean} [adaptive] the next question hangs on the answers; total is the most there can be
 * @property {PlacementItem | null} item
 * @property {{level: Level, score: number, maximum: number, areas: AreaResult[], method?: 'adaptive' | 'gated', probability?: number | null} | null} result
 */

/**
 * @typedef {object} FinalTest
 * @property {{id: number, title: string, credits: string, from: string, to: string} | null} event
 * @property {boolean} required
 * @property {'none' | 'open' | 'done'} state
 * @property {boolean} may_start
 * @property {import('./api.js').Problem[]} missing
 * @property {number} questions
 * @property {number} needed
 * @property {number} attempts_used
 * @property {number} attempts_max 0: no limit
 * @property {boolean} passed
 * @property {boolean} disclosed
 * @property {{id: number, number: number, position: number, total: number, answered: boolean[], item: PlacementItem} | null} attempt
 * @property {{number?: number, done_at?: string, test?: string, day?: string, score: number, questions: number, needed: number, passed: boolean}[]} history with `test` and `day`: taken in class; without questions: judged without points
 */

/**
 * @typedef {object} QualityQuestion
 * @property {string} id
 * @property {'choice' | 'text'} kind
 * @property {string} text_it
 * @property {string} text_en
 * @property {boolean} [optional]
 * @property {{question: string, options: string[]}} [when]
 * @property {{id: string, text_it: string, text_en: string}[]} options
 */

/** @typedef {{event: number | null, required: boolean, handed_in: boolean, may_hand_in: boolean}} Quality */

export {};
