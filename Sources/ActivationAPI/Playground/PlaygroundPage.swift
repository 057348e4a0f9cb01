/// The page that a browser gets at `/`: one document including its style sheet and script, which loads nothing but the
/// API of this service.
///
/// Its sources are in `Page/`; `Scripts/embed-playground` copies them into `PlaygroundSources`.
enum PlaygroundPage {
    /// The page is assembled on first use.
    static let document = StoredDocument(
        Array(html.utf8), type: "text/html",
        fields: [
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
        ])

    static let html = PlaygroundSources.markup
        .replacing("/*style*/", with: PlaygroundSources.style, maxReplacements: 1)
        .replacing("/*script*/", with: PlaygroundSources.script, maxReplacements: 1)

    /// The policy allows only this script and style sheet, only this service, and no frame around the page.
    static let policy = [
        "default-src 'none'",
        "script-src '\(ContentDigest.source(of: Array(PlaygroundSources.script.utf8)))'",
        "style-src '\(ContentDigest.source(of: Array(PlaygroundSources.style.utf8)))'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")
}
