import * as v from 'valibot';
import { piecesWithOpened } from '../../../cli/deployment/with-opened.ts';
import { EXPORT_FORMATS } from '../../../cli/export/entry-lines.ts';
import { toIso } from '../../../core/instant.ts';
import type { AddRoutes } from '../console.ts';
import { exportPieces } from '../list/export-pieces.ts';
import { fileAnswer } from '../list/file-answer.ts';
import { FILTERS, listQuery, once } from '../list/list-query.ts';
import { valid } from '../valid.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;
const SCHEMA = v.strictObject({ ...FILTERS, format: once(v.picklist(EXPORT_FORMATS)) });

/** Adds the list as a file, narrowed down as the list is. */
export const addExportRoutes: AddRoutes = (api, { deps, target }) => {
  api.get('/export', async (c) => {
    const { format = 'csv', ...filters } = valid(SCHEMA, c.req.queries());
    const query = listQuery(filters);
    const pieces = piecesWithOpened(deps.openList, target, (list) => exportPieces(query, format, list));
    return fileAnswer(pieces, `suppressions-${toIso(deps.now()).slice(0, 10)}.${format}`, TYPES[format]);
  });
};
