import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const NODE_GLOBALS = Object.fromEntries(
  ["console", "fetch", "Headers", "process", "Request", "Response", "URL", "module"].map((name) => [
    name,
    "readonly",
  ]),
);

export default tseslint.config(
  {
    ignores: [
      "build/",
      "node_modules/",
      ".pixelnova/",
      "extensions/*/dist/",
      "extensions/storefront/assets/tracker.js",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Remix throws responses.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      // Takes every `new Hono()` for an instance of another class.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "no-console": "error",
      complexity: ["error", 12],
      "max-depth": ["error", 3],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["app/**/*.tsx", "app/components/*.ts"],
    plugins: { "react-hooks": reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ["extensions/storefront/assets/*.js", "tests/dev/store/theme-extension/assets/*.js"],
    languageOptions: {
      globals: {
        document: "readonly",
        window: "readonly",
        navigator: "readonly",
        Element: "readonly",
      },
    },
  },
  // Scripts speak to a person.
  {
    files: [
      "dev/**",
      "app/commands/**",
      "tests/platform/holds-a-database.ts",
      "tests/dev/starts-a-stack.ts",
    ],
    rules: { "no-console": "off" },
  },
  {
    files: ["tests/**"],
    rules: {
      // A suite is one long function, fixtures destructure nothing, and matchers are of any type.
      "max-lines-per-function": "off",
      "no-empty-pattern": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
  { files: ["**/*.{js,mjs,cjs}"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.{js,mjs,cjs}"], languageOptions: { globals: NODE_GLOBALS } },
);
