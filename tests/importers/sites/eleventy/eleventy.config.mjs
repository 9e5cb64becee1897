import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/img");
  eleventyConfig.addPassthroughCopy({ "src/files": "/downloads" });
  eleventyConfig.addPreprocessor("drafts", "*", (data) => (data.draft ? false : undefined));
  eleventyConfig.addCollection("harbourmaster", (all) => all.getFilteredByTag("fog"));
  eleventyConfig.addFilter("htmlDateString", (date) => date.toISOString().slice(0, 10));
  eleventyConfig.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed.xml",
    collection: { name: "post", limit: 10 },
    metadata: {
      language: "en",
      title: "Harbour Weekly",
      subtitle: "News of the harbour",
      base: "https://harbour.example/",
      author: { name: "Lane Smith" },
    },
  });
  return { dir: { input: "src", output: "_site" } };
}
