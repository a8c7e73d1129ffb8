#!/bin/sh
# Fetches the NHS design system, Inter and axe-core with npm, compiles the styles, and puts the result
# with its licences where the repository keeps it. The same versions give the same bytes.
set -eu
cd "$(dirname "$0")/.."

site=ithrive/web/components/static/components/vendor
tests=tests/journeys/vendor
nhs=node_modules/nhsuk-frontend

command -v npm >/dev/null || { echo "make vendor needs Node 20 or later with npm. Running and testing do not." >&2; exit 1; }
npm ci --silent

rm -rf "$site" "$tests"
mkdir -p "$site/icons" "$tests"

node_modules/.bin/sass --load-path=node_modules --style=compressed --no-source-map --quiet-deps \
    ithrive/web/components/styles/nhsuk.scss "$site/nhsuk.css"
for icon in $(grep -o 'icons/[a-z-]*\.svg' "$site/nhsuk.css" | sort -u); do
    cp "$nhs/dist/nhsuk/assets/images/${icon#icons/}" "$site/icons/"
done

# One module that starts itself: the address of the source map goes (we do not ship it), the call comes.
sed 's,//# sourceMappingURL=.*,,' "$nhs/dist/nhsuk/nhsuk-frontend.min.js" > "$site/nhsuk.js"
printf '\ninitAll();\n' >> "$site/nhsuk.js"

cp node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2 "$site/inter.woff2"
cp node_modules/@fontsource-variable/inter/LICENSE "$site/LICENCE-inter.txt"
cp node_modules/axe-core/axe.min.js "$tests/axe.min.js"
cp node_modules/axe-core/LICENSE "$tests/LICENCE-axe-core.txt"
cp scripts/LICENCE-nhsuk-frontend.txt "$site/"

node -p '
  const packages = require("./package-lock.json").packages;
  Object.entries(packages).filter(([path]) => /^node_modules\/(nhsuk-frontend|axe-core|sass|@fontsource)/.test(path))
    .map(([path, { version, license }]) => `${path.replace("node_modules/", "")} ${version} ${license}`).sort().join("\n")
' > "$site/VERSIONS"
