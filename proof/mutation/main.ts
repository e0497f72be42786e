import { readFileSync } from 'node:fs';
import { mutationTable, type Report } from './table.ts';

const paths = process.argv.length > 2 ? process.argv.slice(2) : ['reports/mutation.json'];
const reports = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report);
process.stdout.write(`${mutationTable(reports)}\n`);
