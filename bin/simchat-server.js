#!/usr/bin/env node
import {launch} from './launch.js';
import {SERVER_RUNTIME} from './server-runtime.js';

await launch('server', SERVER_RUNTIME);
