/*
 * What the answers to an event's final test say about the test: difficulty and discrimination of each
 * question, how many pass at which attempt.
 */
#ifndef SERVER_FINAL_STATISTICS_H
#define SERVER_FINAL_STATISTICS_H

#include <jansson.h>

#include "server/store/store.h"

/*
 * {people, attempts, passed, passed_first, mean_share, scores: [{score, people}], by_attempt: [{number, taken,
 * passed}], items: [{id, area_it, area_en, stem, asked, right, difficulty, discrimination, options: [{id,
 * text, right, chosen}]}]}. Questions are judged by first attempts only: later ones know them. Difficulty is
 * the share of right answers; discrimination the correlation with the score in the other questions, null with
 * fewer than ten people or no variance. Asked for of one event; a new reference.
 */
json_t *final_statistics(struct db *db, int64_t event);

#endif
