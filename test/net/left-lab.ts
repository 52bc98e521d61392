// A process that makes a namespace with a program in it, says its name, and waits for its own end.
import process from 'node:process';
import {Lab, endOnSignals} from '../../tools/net/lab.ts';

endOnSignals();
const namespace = new Lab('127.0.0.1 localhost\n').namespace('left');
const program = namespace.start(['sleep', '600']);
process.stdout.write(`${namespace.full} ${program.child.pid}\n`);
