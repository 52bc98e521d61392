#!/usr/bin/env node
const {launch} = require('./launch.js');
const {SERVER_RUNTIME} = require('./server-runtime.js');

void launch('server', SERVER_RUNTIME);
