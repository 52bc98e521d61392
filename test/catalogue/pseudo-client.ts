// The client as people start it, but that it speaks the language of other letters, whatever the locale is.
import {saying} from '../../source/catalogue/catalogue.ts';
import {pseudo} from './pseudo.ts';

await saying(pseudo(), async () => import('../../cli.tsx'));
