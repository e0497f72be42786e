import { randomUUID } from 'node:crypto';
import { arn } from '../arn.ts';
import { JsonFault } from '../http/aws-json.ts';

/** The stage of the version that is read where none is named. */
export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

interface Version {
  readonly value: string;
  readonly stages: Set<string>;
}

/** A secret in memory, with versions and the stages that point at them, as rotation moves them. */
export class LocalSecret {
  readonly name: string;
  readonly arn: string;
  readonly #versions = new Map<string, Version>();

  constructor(name: string, value: string) {
    this.name = name;
    this.arn = arn('secretsmanager', `secret:${name}-local0`);
    this.put(value);
  }

  /** The versions' ids, each with its stages. */
  get stages(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.#versions].map(([id, { stages }]) => [id, [...stages]]));
  }

  /** @throws JsonFault when there is no such version, or it does not have the stage */
  read(id: string | undefined, stage = id === undefined ? CURRENT : undefined): { id: string; value: string } {
    for (const [versionId, { value, stages }] of this.#versions)
      if ((id ?? versionId) === versionId && (stage === undefined || stages.has(stage)))
        return { id: versionId, value };
    throw notFound(`Secrets Manager can't find the specified secret value for ${id ?? `staging label: ${stage}`}`);
  }

  /**
   * Adds a version.
   *
   * @param id - one that is there already, with the same value, changes nothing
   * @returns the version's id
   * @throws JsonFault when the id is there with another value
   */
  put(value: string, id: string = randomUUID(), stages: readonly string[] = [CURRENT]): string {
    const known = this.#versions.get(id);
    if (known !== undefined && known.value !== value)
      throw new JsonFault('ResourceExistsException', `A version with the id ${id} exists with another value.`);
    if (known === undefined) this.#versions.set(id, { value, stages: new Set() });
    for (const stage of stages) this.move(stage, id);
    return id;
  }

  /**
   * Takes a stage from the version that has it and gives it to another; the one that was current becomes the previous.
   *
   * @throws JsonFault when `to` is no version
   */
  move(stage: string, to: string | undefined): void {
    const target = to === undefined ? undefined : this.#versions.get(to);
    if (to !== undefined && target === undefined) throw notFound(`Secrets Manager can't find the version ${to}.`);
    const holder = [...this.#versions.values()].find(({ stages }) => stages.has(stage));
    if (holder === target) return;
    holder?.stages.delete(stage);
    target?.stages.add(stage);
    if (stage !== CURRENT || holder === undefined) return;
    for (const { stages } of this.#versions.values()) stages.delete(PREVIOUS);
    holder.stages.add(PREVIOUS);
  }
}

export const notFound = (message: string): JsonFault => new JsonFault('ResourceNotFoundException', message);
