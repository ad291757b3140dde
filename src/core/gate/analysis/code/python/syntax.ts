import type { Span } from '../../../effect';

/** Expressions of Python, reduced to what matters for where values go. Spans are offsets into the text that was parsed. */
export type Expr = Span &
  (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'format'; readonly parts: readonly (string | Expr)[] }
    | { readonly type: 'number'; readonly value: number }
    /** `None`, `True`, `False`, `...`. */
    | { readonly type: 'plain'; readonly name: string }
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'attribute'; readonly of: Expr; readonly name: string }
    /** Slices have more than one key, or one that is absent. */
    | { readonly type: 'index'; readonly of: Expr; readonly keys: readonly Expr[]; readonly slice: boolean }
    | { readonly type: 'call'; readonly callee: Expr; readonly args: readonly Argument[] }
    | { readonly type: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
    | { readonly type: 'unary'; readonly op: string; readonly of: Expr }
    | { readonly type: 'choice'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
    | { readonly type: 'lambda'; readonly code: FunctionCode }
    | { readonly type: 'list'; readonly items: readonly Expr[] }
    | { readonly type: 'dict'; readonly entries: readonly { readonly key: Expr | undefined; readonly value: Expr }[] }
    | {
        readonly type: 'comprehension';
        /** Only dictionaries have keys. */
        readonly key: Expr | undefined;
        readonly value: Expr;
        readonly clauses: readonly Clause[];
      }
    | { readonly type: 'star'; readonly of: Expr }
    | { readonly type: 'await'; readonly of: Expr }
    | { readonly type: 'yield'; readonly of: Expr | undefined; readonly from: boolean }
    | { readonly type: 'walrus'; readonly target: Expr; readonly value: Expr }
  );

export interface Argument {
  /** `*` and `**` unpack. */
  readonly unpack: '' | '*' | '**';
  readonly name: string | undefined;
  readonly value: Expr;
}

export type Clause =
  | { readonly type: 'for'; readonly target: Expr; readonly over: Expr }
  | { readonly type: 'if'; readonly test: Expr };

export interface Parameter {
  readonly name: string;
  /** `*args` and `**kwargs` collect. */
  readonly collects: '' | '*' | '**';
  /** After `*` only names bind it. */
  readonly namedOnly: boolean;
  readonly standard: Expr | undefined;
}

export interface FunctionCode extends Span {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Annotations, which are evaluated when the function is made. */
  readonly annotations: readonly Expr[];
  readonly body: readonly Statement[] | Expr;
  /** Its body runs when its values are asked for, not when it is called: generators and coroutines. */
  readonly late: boolean;
}

export interface ImportedName {
  readonly name: string;
  readonly as: string | undefined;
}

export interface Case {
  readonly binds: readonly string[];
  readonly looksAt: readonly Expr[];
  readonly guard: Expr | undefined;
  readonly body: readonly Statement[];
}

export interface Handler {
  readonly what: Expr | undefined;
  readonly as: string | undefined;
  readonly body: readonly Statement[];
}

export type Statement = Span &
  (
    | { readonly type: 'expression'; readonly value: Expr }
    | { readonly type: 'print'; readonly value: Expr }
    | {
        readonly type: 'assign';
        readonly targets: readonly Expr[];
        readonly annotation: Expr | undefined;
        readonly value: Expr | undefined;
      }
    | { readonly type: 'update'; readonly target: Expr; readonly op: string; readonly value: Expr }
    | { readonly type: 'delete'; readonly targets: readonly Expr[] }
    | { readonly type: 'return'; readonly value: Expr | undefined }
    | { readonly type: 'raise'; readonly values: readonly Expr[] }
    | { readonly type: 'assert'; readonly values: readonly Expr[] }
    | { readonly type: 'import'; readonly names: readonly ImportedName[] }
    /** No names: all of them. */
    | { readonly type: 'from'; readonly module: string; readonly names: readonly ImportedName[] | undefined }
    | { readonly type: 'outer'; readonly global: boolean; readonly names: readonly string[] }
    | {
        readonly type: 'if';
        readonly test: Expr;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly type: 'loop';
        /** `for target in over`; `while test` has no target and its test in `over`. */
        readonly target: Expr | undefined;
        readonly over: Expr;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly type: 'try';
        readonly body: readonly Statement[];
        readonly handlers: readonly Handler[];
        readonly otherwise: readonly Statement[];
        readonly final: readonly Statement[];
      }
    | {
        readonly type: 'with';
        readonly items: readonly { readonly value: Expr; readonly as: Expr | undefined }[];
        readonly body: readonly Statement[];
      }
    | { readonly type: 'function'; readonly code: FunctionCode; readonly decorators: readonly Expr[] }
    | {
        readonly type: 'class';
        readonly name: string;
        readonly bases: readonly Argument[];
        readonly body: readonly Statement[];
        readonly decorators: readonly Expr[];
      }
    | { readonly type: 'match'; readonly subject: Expr; readonly cases: readonly Case[] }
    /** Does nothing: `pass`, `break`, `continue`. */
    | { readonly type: 'nothing'; readonly skips: boolean }
  );
