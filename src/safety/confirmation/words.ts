/** Short words that are told apart by ear; two of them make the part of an answer that nobody can know beforehand. */
export const WORDS: readonly string[] = `
acorn amber anchor apple april arrow aspen atlas autumn badge bamboo basil beach beacon berry birch bishop
bloom board bonus border bottle branch bread breeze brick bridge bright bronze brush bucket butter cabin
cactus camel candle canoe canyon carbon cargo carpet castle cedar cello chalk cherry chess cider cinema circle
citrus clay cliff clover cobalt cocoa coffee comet copper coral cotton cradle crane crayon cricket crystal
cupola dahlia dancer decade delta desert diesel dinner dolphin donkey dragon drum eagle easel echo eclipse
elbow ember engine ermine estate fabric falcon fennel ferry fiddle finch flint flute forest fossil fountain
fox galaxy garden garlic geyser ginger glacier globe goblet granite grape gravel guitar hammer harbor harvest
hazel helmet heron hickory honey horizon hotel iceberg indigo island ivory jacket jasmine jersey jungle
juniper kayak kettle kiwi ladder lagoon lantern laurel lemon lentil lilac linen lizard lobster lotus lumber
lunar magnet mango maple marble meadow melon mentor merlin meteor mint mirror monsoon mosaic motor museum
mustard nectar needle nickel noodle nutmeg oasis oboe ocean olive onyx opal orange orbit orchid otter oyster
paddle palace panda paper parrot pebble pepper piano pigeon pillow pilot planet plaza plum pocket polar pollen
poplar potato prairie prism pumpkin puzzle quartz quill rabbit radar radish raven reef ribbon ridge river
robin rocket rose ruby saddle saffron salmon sandal satin saturn scarf sequoia shadow shell silver sketch
slate socket sonnet spruce squid stable starling stone summit sunset swan symbol tango teapot temple thistle
thunder tiger timber topaz torch tower trumpet tulip tundra turtle umbrella valley vanilla
`
  .trim()
  .split(/\s+/)
