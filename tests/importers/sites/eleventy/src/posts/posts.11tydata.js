export default { tags: ["post"], layout: "base.njk" };
