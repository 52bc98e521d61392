#!/usr/bin/env node
// CommonJS, as its package.json says: before Node has loaded what an ES module needs, the skeleton of the screen is there.
const {launch} = require('./launch.js');

void launch('cli', {first: 'skeleton.cjs'});
