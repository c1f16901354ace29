/*
 * What engine.wasm exports to JavaScript: engine.h over pointers and lengths. The module imports nothing and
 * exports `memory` beside the functions below. One instance holds one engine.
 *
 * Sizes, pointers and lengths are u32 (in JavaScript use `>>> 0`); times and sequence numbers are f64
 * (milliseconds since 1970, as Date.now() has them; whole numbers below 2^53). Texts are UTF-8 bytes.
 *
 * A caller's steps:
 *   1. p = fad_alloc(image.length); copy the course image to p; fad_open(p, image.length) → enum engine_result.
 *      It takes what memory the engine needs itself (memory may grow: take fresh views of memory.buffer after).
 *   2. A snapshot: p = fad_scratch(length) → copy → fad_restore(p, length).
 *   3. fad_begin_session(now, …) with all texts in one scratch area.
 *   4. Calls. Texts go in by fad_scratch(total length); an answer that is a text is left at fad_text_at(), of
 *      fad_text_length() bytes; both stay valid until the next call.
 *   5. After each changing call: fad_journal() → records at fad_text_at(); store and send them, and when they are
 *      stored on this side fad_journal_taken(sequence).
 *
 * fad_scratch() hands out one area that each call of it overwrites. The area given is valid until the next
 * fad_scratch(); it may be passed to any function.
 *
 * NO_INDEX is 0xFFFFFFFF (as u32). Enums are the numbers of engine.h, in order from 0:
 *   request   none 0, start 1, resumeAll 2, continue 3, previous 4, choice 5, jump 6, exit 7, exitAll 8, abandon 9,
 *             abandonAll 10, suspendAll 11
 *   function  Initialize 0, Terminate 1, GetValue 2, SetValue 3, Commit 4, GetLastError 5, GetErrorString 6,
 *             GetDiagnostic 7
 *   result    ok 0, no memory 1, bad image 2, bad snapshot 3, bad record 4, sequence gap 5, disagrees 6
 *   mode      normal 0, browse 1, review 2
 *   completion unknown 0, not attempted 1, incomplete 2, completed 3;  success unknown 0, passed 1, failed 2
 *   edition   1.2 0, 2004 2nd 1, 3rd 2, 4th 3
 */
#ifndef PLAYER_ENGINE_WASM_H
#define PLAYER_ENGINE_WASM_H

#include <stdint.h>

/* --- Memory --- */
uint32_t fad_alloc(uint32_t size);   /* for good; 0 when the browser gives no more */
uint32_t fad_scratch(uint32_t size); /* until the next fad_scratch(); 0 when the browser gives no more */
uint32_t fad_text_at(void);          /* where the last text answer lies */
uint32_t fad_text_length(void);

/* --- Opening --- */
uint32_t fad_open(uint32_t image, uint32_t length);      /* enum engine_result; once an instance */
uint32_t fad_restore(uint32_t snapshot, uint32_t length); /* enum engine_result */
uint32_t fad_snapshot(void);                              /* 1: the snapshot is the text answer; 0: no memory */
uint32_t fad_globals(void);                               /* 1: they are the text answer; 0: no memory */
uint32_t fad_adopt_globals(double now, uint32_t globals, uint32_t length); /* enum engine_result */
uint32_t fad_replay(uint32_t records, uint32_t length);   /* enum engine_result */

/* id, name and language lie one after another at `texts`; the seed comes as two halves. */
uint32_t fad_begin_session(double now, uint32_t texts, uint32_t id_length, uint32_t name_length,
	uint32_t language_length, uint32_t mode, uint32_t credit, uint32_t mastery_override, uint32_t seed_low,
	uint32_t seed_high, uint32_t status_rule); /* enum status_rule */

/* --- The SCO's calls. The answer is the text answer; the commonest ones need not be read: "true" 1, "false" 2, the
 * empty text 3, any other 0. --- */
uint32_t fad_api(double now, uint32_t function, uint32_t first, uint32_t first_length, uint32_t second,
	uint32_t second_length);

/* --- Navigation. enum engine_result; the outcome is read by the functions after it. --- */
uint32_t fad_navigate(double now, uint32_t request, uint32_t target);
uint32_t fad_navigate_pending(double now);
uint32_t fad_outcome_accepted(void);
uint32_t fad_outcome_delivered(void);
uint32_t fad_outcome_session_ended(void);
uint32_t fad_outcome_exception(void);
uint32_t fad_pending_navigation(void); /* enum navigation_request */
uint32_t fad_may_navigate(double now, uint32_t request, uint32_t target);
void fad_foresee(double now, uint32_t request, uint32_t target); /* changes nothing but the outcome to be read */
uint32_t fad_unloaded(double now);                      /* enum engine_result */
uint32_t fad_presence(double now, uint32_t active_ms);  /* enum engine_result */
uint32_t fad_current_activity(void);
uint32_t fad_overtime(double now); /* enum overtime, or-ed */

/* --- The course. Texts are the text answer. --- */
uint32_t fad_edition(void);
uint32_t fad_activity_count(void);
uint32_t fad_activity_parent(uint32_t activity);
uint32_t fad_activity_resource(uint32_t activity); /* none (cluster) 0, asset 1, SCO 2 */
uint32_t fad_activity_hidden_ui(uint32_t activity); /* enum hide_lms_ui, or-ed */
void fad_activity_identifier(uint32_t activity);
void fad_activity_title(uint32_t activity);
void fad_activity_href(uint32_t activity);
void fad_course_title(void);

/* --- Table of contents: how many rows; then each row by its place, read until the next fad_contents().
 * --- */
uint32_t fad_contents(double now);
uint32_t fad_row_activity(uint32_t row);
uint32_t fad_row_flags(uint32_t row); /* visible 1, selectable 2, current 4 */
uint32_t fad_row_completion(uint32_t row);
uint32_t fad_row_success(uint32_t row);

/* --- Summary. Call fad_summarise() first. Absent numbers are NaN. --- */
void fad_summarise(void);
uint32_t fad_summary_completion(void);
uint32_t fad_summary_success(void);
double fad_summary_score(void);       /* -1..1 */
double fad_summary_progress(void);    /* 0..1 */
double fad_summary_session_time(void); /* hundredths of a second */
double fad_summary_active_ms(void);
double fad_summary_last_sequence(void);
uint32_t fad_summary_activities(void);
uint32_t fad_summary_activities_completed(void);
uint32_t fad_summary_session_open(void);
uint32_t fad_summary_at_work(void);

/* --- Everything there is to see: inspect.h. 1: it is the text answer; 0: no memory --- */
uint32_t fad_inspect(double now);

/* --- Journal: records not yet taken are the text answer; returns their length. --- */
uint32_t fad_journal(void);
void fad_journal_taken(double up_to_sequence);

#endif
