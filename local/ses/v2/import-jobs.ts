import type { Operation } from './call.ts';
import { badRequest, notFound } from './fault.ts';

/** An import job reads an object of S3, and nothing here can. */
export const createImportJob: Operation = () => {
  throw badRequest('There is no S3 here to read an import from: put the addresses one by one.');
};

export const getImportJob: Operation = ({ name }) => {
  throw notFound(`Import job ${name} does not exist.`);
};
