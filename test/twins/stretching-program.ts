// What a program of a test is started with (programs.ts): it finds what its password was stretched to before.
import {stretchOnce} from './stretched-once.ts';

stretchOnce();
