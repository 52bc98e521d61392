// English: the catalogue by which the others are typed. A file for each part of the program.
import {status} from './status.ts';

export const en = {
	/** BCP 47, for numbers, plurals and dates (Intl). */
	language: 'en',
	status,
};
