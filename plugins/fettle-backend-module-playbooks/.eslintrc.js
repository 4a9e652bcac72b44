module.exports = require('../../eslint.fettle')(__dirname);
