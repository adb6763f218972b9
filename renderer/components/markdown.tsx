// SPDX-License-Identifier: Apache-2.0
import { lexer } from 'marked'
import { Fragment, type ReactElement, type ReactNode } from 'react'

/** What is used of the reader's tokens. */
type Node = {
  readonly type: string
  readonly raw: string
  readonly text?: string
  readonly href?: string
  readonly ordered?: boolean
  readonly tokens?: readonly Node[] | undefined
  readonly items?: readonly Node[]
  readonly header?: readonly Cell[]
  readonly rows?: readonly (readonly Cell[])[]
}
type Cell = { readonly text: string; readonly tokens?: readonly Node[] | undefined }
type Make = (node: Node, inside: ReactNode) => ReactNode

const row = (cells: readonly Cell[], Tag: 'th' | 'td'): ReactElement[] =>
  cells.map(({ text, tokens }, n) => <Tag key={n}>{tokens === undefined ? text : nodesOf(tokens)}</Tag>)

const makers: Readonly<Record<string, Make>> = {
  // One level for all: whatever the text's own levels are, they stand below the dialog's title.
  heading: (_, inside) => <h3>{inside}</h3>,
  paragraph: (_, inside) => <p>{inside}</p>,
  text: ({ text = '' }, inside) => inside ?? text,
  escape: ({ text = '' }) => text,
  strong: (_, inside) => <b>{inside}</b>,
  em: (_, inside) => <em>{inside}</em>,
  del: (_, inside) => <del>{inside}</del>,
  br: () => <br />,
  hr: () => <hr />,
  codespan: ({ text = '' }) => <code className="mono">{text}</code>,
  code: ({ text = '' }) => <pre className="mono small">{text}</pre>,
  blockquote: (_, inside) => <blockquote>{inside}</blockquote>,
  // Nothing here leads anywhere: an address is told, not followed; a picture is its description.
  link: ({ href = '', text = '' }, inside) =>
    href === text ? (
      text
    ) : (
      <>
        {inside} ({href})
      </>
    ),
  image: ({ text = '' }) => text,
  list: ({ items = [], ordered = false }) => {
    const Tag = ordered ? 'ol' : 'ul'
    return (
      <Tag>
        {items.map(({ tokens = [] }, n) => (
          <li key={n}>{nodesOf(tokens)}</li>
        ))}
      </Tag>
    )
  },
  table: ({ header = [], rows = [] }) => (
    <table className="table">
      <thead>
        <tr>{row(header, 'th')}</tr>
      </thead>
      <tbody>
        {rows.map((cells, n) => (
          <tr key={n}>{row(cells, 'td')}</tr>
        ))}
      </tbody>
    </table>
  ),
  space: () => null,
  def: () => null,
}

/** HTML in it, and whatever is not known, is shown as the text that it is. */
const nodesOf = (nodes: readonly Node[]): ReactNode =>
  nodes.map((node, n) => (
    <Fragment key={n}>
      {(makers[node.type] ?? (({ raw }: Node) => raw))(
        node,
        node.tokens === undefined ? undefined : nodesOf(node.tokens),
      )}
    </Fragment>
  ))

/** Markdown as plain elements: no HTML of its own, no links, no pictures, nothing that loads. */
export const Markdown = ({ text }: { text: string }): ReactElement => (
  <div className="markdown stack">{nodesOf(lexer(text))}</div>
)
