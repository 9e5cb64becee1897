import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/img");
  eleventyConfig.addPassthroughCopy({ "src/files": "/downloads" });
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
