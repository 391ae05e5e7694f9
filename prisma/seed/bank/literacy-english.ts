import type { BankItem } from "./item.js";
import { item, numberItems, passage } from "./written-item.js";

const TREES = passage(
  "LBE-T01",
  "Cooling a City from Above",
  `On a hot afternoon, the centre of a large city can be several degrees warmer than the countryside
  around it. Asphalt and concrete absorb heat during the day and release it slowly after sunset, so the
  city stays warm even at night. Trees counter this effect in two ways. Their shade keeps the ground from
  heating up, and the water that evaporates from their leaves cools the surrounding air.

  Yet planting trees is not as simple as counting them. A young tree casts little shade and needs regular
  watering for its first years; many newly planted street trees die before they become useful. Location
  matters too. In many cities, wealthier districts already have leafy streets, while crowded districts,
  where residents are less likely to own air conditioners, have almost none. A programme that promises a
  million trees but plants them wherever space is easiest to find may therefore cool the streets that need
  it least. What should be counted, some planners argue, is not the number of trees planted but the amount
  of shade that exists ten years later.`,
);

const CONTAINER = passage(
  "LBE-T02",
  "The Box That Shrank the World",
  `Before the 1950s, loading a cargo ship was slow, costly work. Sacks, barrels and crates of every size
  were carried aboard one by one, and a ship might spend as long in port as it did at sea. Goods were
  frequently damaged or stolen on the way.

  In 1956 an American trucking businessman, Malcom McLean, sent a converted tanker from Newark to Houston
  carrying fifty-eight metal boxes that could be lifted straight from trucks. The box itself was hardly a
  brilliant invention; others had tried similar ideas before. What mattered was the system around it:
  cranes, trucks, trains and ships all designed to handle a box of the same size. Once international
  standards were agreed in the following decades, a container packed in one country could be opened in
  another without anyone touching what was inside.

  The results were dramatic. Shipping became so cheap that distance ceased to decide where things were
  made. Not everyone benefited, however. Thousands of dock workers lost their jobs, and old harbours
  without room for huge cranes fell silent while new ports grew elsewhere.`,
);

const PRACTICE = passage(
  "LBE-T03",
  "Why Easy Studying Feels Better Than It Works",
  `Ask students how they prepare for a test and many will say that they reread their notes. Rereading is
  comfortable: each time, the material looks more familiar, and familiarity feels like knowledge. The
  feeling is misleading. Recognising a sentence on a page is not the same as being able to produce the idea
  when the page is gone.

  Researchers who study memory have repeatedly found that closing the book and trying to recall its contents
  leads to better long-term learning than reading it again for the same amount of time. Spreading practice
  over several days also works better than squeezing it into one long evening. Curiously, students who use
  these methods often believe they are learning less. Recalling is effortful, and the gaps it reveals are
  discouraging.

  That discouragement is, in fact, useful information. A gap discovered on Monday can be filled before
  Friday; a gap hidden by rereading is discovered during the examination. The lesson is not that studying
  must be painful, but that how smoothly a session goes says little about how much of it will remain.`,
);

const NOTICE = passage(
  "LBE-T04",
  "Notice: Neighbourhood Tool Library (a fictional example)",
  `Dear neighbours,

  From 1 March, our tool library will open on Saturdays from 9 a.m. to 1 p.m. in the hall behind the
  playground. Members may borrow up to three tools at a time for seven days. A loan can be extended once, for
  another seven days, provided that nobody else has reserved the tool.

  Membership is free for households that donate at least one working tool. Other households pay a yearly
  fee, which we use for repairs and for replacing worn parts. We do not charge fines for late returns.
  Instead, members who return a tool late may not borrow anything for as many days as they were late.

  Power tools are lent only to adults who have attended our thirty-minute safety session, held on the first
  Saturday of every month at 10 a.m. Please return tools clean. If something breaks while you are using it,
  simply tell us; tools wear out, and honest reports help us keep the next borrower safe. Broken tools that
  are returned without a word cause far more trouble than broken tools that are reported.`,
);

const OCTOPUS = passage(
  "LBE-T05",
  "The Colour-Blind Artist",
  `Few animals disguise themselves as quickly as the octopus. Thousands of tiny sacs of pigment in its skin,
  each controlled by muscles, can be stretched or squeezed within a fraction of a second, and the skin itself
  can rise into bumps that resemble coral or seaweed. An octopus resting on a reef may vanish while a diver is
  looking straight at it.

  The skill presents a puzzle. The eyes of most octopuses contain only one type of light-sensitive cell,
  whereas human eyes normally use three to tell colours apart. By that measure, octopuses ought to be
  colour-blind. How, then, can they match colours they apparently cannot see?

  Several explanations have been suggested. One proposes that the unusual shape of the pupil spreads different
  colours to different points, so that the animal could judge colour from the way an image blurs. Another
  notes that light-sensitive proteins have been found in octopus skin, which might respond to light without
  help from the eyes. A third suggests that matching brightness and pattern is usually enough to fool a
  predator. None of these ideas has yet been accepted as the complete answer.`,
);

const BAGS = passage(
  "LBE-T06",
  "Two Letters about Plastic Bags",
  `Letter 1
  Banning plastic bags is the simplest step a town can take. Bags are light, so they blow into rivers even
  when people throw them away properly. They block drains and harm animals that swallow them. Shoppers
  complain for a month and then carry their own bags without a second thought. We need not wait for a perfect
  solution before removing an obvious problem.

  Letter 2
  Nobody loves litter, but a ban may simply move the problem elsewhere. Where thin bags disappear, some shops
  hand out thicker plastic ones or paper bags, which take more material or energy to produce. A cotton bag must
  be used many times before it does less harm overall than the thin bags it replaces. If people collect cotton
  bags as casually as they once collected plastic ones, little has been gained. I would rather put a small
  charge on every bag, whatever it is made of, so that people learn to reuse the ones they own.`,
);

const SUNK_COST = passage(
  "LBE-T07",
  "Finishing a Bad Film",
  `You have paid for a cinema ticket, and half an hour into the film you are bored. Do you leave? Many people
  stay, explaining that they do not want to waste their money. But the money is gone whether they stay or not.
  The only thing still to be decided is how to spend the next ninety minutes.

  Economists call such past expenses sunk costs, and they advise us to ignore them. Governments and companies
  find the advice as hard to follow as film-goers do. A half-built project that has become pointless is often
  completed because so much has already been spent on it. Stopping would mean admitting a mistake in public,
  while continuing allows everyone to hope.

  It would be wrong, though, to conclude that giving up is always wise. A difficult course may be worth
  finishing because of what lies ahead, such as a skill or a qualification. The useful question is not “How much
  have I already put into this?” but “Knowing what I know now, would I start today?” If the honest answer is no,
  what has been spent is no reason to go on.`,
);

const UMBRELLA = passage(
  "LBE-T08",
  "The Borrowed Umbrella (fiction)",
  `Rain was hammering the roof of the bus shelter when the old man held out his umbrella. “Take it,” he said. “My
  stop has a roof.” Before Sari could refuse, he had climbed onto the number 12 and was gone.

  She kept the umbrella by her door. Every afternoon for two weeks she carried it to the shelter, although the
  skies had turned a cloudless blue and her classmates teased her. The old man did not appear. She asked the
  driver of the number 12, who shrugged. “Lots of old men,” he said.

  On the last day of term it rained again. A boy of about seven stood at the edge of the shelter, clutching a
  cardboard model of a volcano. One corner was already turning soft. Sari looked down the road; there was no sign
  of the number 12. She looked at the umbrella, at its worn wooden handle, and noticed for the first time the names
  scratched into it, a dozen perhaps, each in a different hand.

  She found a pen with a sharp tip, added four letters, and tapped the boy on the shoulder. “My stop,” she said,
  “has a roof.”`,
);

const CORAL = passage(
  "LBE-T09",
  "What Bleaching Means",
  `A healthy coral reef owes much of its colour to guests. Inside the tissue of reef-building corals live
  microscopic algae that capture sunlight and share the food they make. In return, the corals give them shelter
  and nutrients. When the sea becomes unusually warm for several weeks, this partnership breaks down. The corals
  lose their algae, and the white skeleton shows through the transparent tissue. This is what scientists call
  bleaching.

  A bleached coral is not yet dead. If the water cools soon enough, algae can return and the coral may recover,
  although it often grows more slowly for some time. If the heat continues, the coral starves. Seaweed then covers
  the skeleton, and the fish that sheltered among the branches move away or decline.

  Local action cannot stop the ocean from warming, which depends on the world as a whole. It can, however, improve
  the odds. Reefs that are free from pollution and overfishing tend to recover better after a hot season,
  partly because plant-eating fish keep seaweed under control. Protecting a reef is thus less like a cure than like
  keeping a patient strong before an illness.`,
);

const DRAFTS = [
  item(
    "Science/Main Idea",
    "ANALYZE",
    0.1,
    TREES,
    "What is the main idea of the passage?",
    "B",
    [
      "Cities are warmer than the countryside because of asphalt and concrete.",
      "Trees can cool a city, but only if they survive and stand where needed.",
      "Wealthy districts should give up their trees to crowded districts.",
      "Planting one million trees is the surest way of cooling a large city.",
      "Young trees are useless because they give hardly any shade to streets.",
    ],
    "The first paragraph explains how trees cool a city; the second adds the conditions of survival and location.",
  ),
  item(
    "Science/Detail",
    "UNDERSTAND",
    -1.4,
    TREES,
    "According to the passage, cities stay warm at night because …",
    "D",
    [
      "air conditioners blow hot air into the streets",
      "trees prevent the warm air from moving upwards",
      "water evaporates more slowly after sunset",
      "built surfaces give off heat stored during the day",
      "crowded districts use more energy at night",
    ],
    "Asphalt and concrete “absorb heat during the day and release it slowly after sunset”.",
  ),
  item(
    "Science/Vocabulary in Context",
    "UNDERSTAND",
    -0.7,
    TREES,
    "The word “counter” in the first paragraph is closest in meaning to …",
    "A",
    ["reduce", "measure", "describe", "calculate", "exchange"],
    "Trees act against the warming effect, that is, they reduce it.",
  ),
  item(
    "Science/Inference",
    "ANALYZE",
    0.5,
    TREES,
    "The writer mentions air conditioners in order to suggest that people in crowded districts …",
    "E",
    [
      "waste more electricity than other residents",
      "dislike having trees in front of their homes",
      "are responsible for the heat in the city",
      "will soon be able to buy cooling devices",
      "have greater need of shade than others",
    ],
    "Residents without air conditioners depend more on other forms of cooling, so shade matters more there.",
  ),
  item(
    "Science/Evaluation",
    "EVALUATE",
    0.9,
    TREES,
    "Which measure of success would the planners mentioned in the last sentence prefer?",
    "C",
    [
      "The number of seedlings planted each year",
      "The money spent on watering street trees",
      "The area of ground shaded a decade later",
      "The number of districts visited by planners",
      "The average price of houses on leafy streets",
    ],
    "They argue that what counts is “the amount of shade that exists ten years later”.",
  ),

  item(
    "History/Main Idea",
    "ANALYZE",
    0.0,
    CONTAINER,
    "Which statement best summarises the passage?",
    "E",
    [
      "Malcom McLean invented the first metal box used for carrying goods.",
      "Containers made dock workers richer and old harbours far busier.",
      "Loading ships by hand was slow, and goods were frequently stolen.",
      "International standards made ships safer but much more costly.",
      "A shared system of containers transformed trade, at a cost to some.",
    ],
    "The passage moves from slow loading to the standard system, its dramatic results and the people who lost by it.",
  ),
  item(
    "History/Detail",
    "UNDERSTAND",
    -1.1,
    CONTAINER,
    "According to the passage, what was most important about the container?",
    "A",
    [
      "The whole system built around a common size",
      "The strong metal from which it was made",
      "The secrecy of the goods packed inside",
      "The speed of the ship that carried it",
      "The cleverness of the box as an invention",
    ],
    "“What mattered was the system around it”: equipment designed for a box of the same size.",
  ),
  item(
    "History/Inference",
    "ANALYZE",
    0.6,
    CONTAINER,
    "What can be inferred about theft after containers became common?",
    "D",
    [
      "It increased because boxes were easier to lift.",
      "It moved from the harbours to the open sea.",
      "It remained the same as in earlier decades.",
      "It became harder since goods stayed enclosed.",
      "It was no longer considered a serious crime.",
    ],
    "A container could travel “without anyone touching what was inside”, so stealing from the cargo became harder.",
  ),
  item(
    "History/Vocabulary in Context",
    "UNDERSTAND",
    0.2,
    CONTAINER,
    "The phrase “distance ceased to decide where things were made” means that …",
    "B",
    [
      "goods had to be made close to their buyers",
      "factories could be placed far from buyers",
      "ships began to sail along shorter routes",
      "nobody knew where goods had been made",
      "long journeys were no longer permitted",
    ],
    "Since shipping was cheap, making things far from their buyers was no longer too costly.",
  ),
  item(
    "History/Author's Purpose",
    "ANALYZE",
    0.4,
    CONTAINER,
    "Why does the writer mention old harbours in the final paragraph?",
    "C",
    [
      "To explain why standards took decades to agree",
      "To show that ships had become smaller by then",
      "To show that the change also brought losses",
      "To compare American ports with those abroad",
      "To argue that containers should be abandoned",
    ],
    "The sentence follows “Not everyone benefited, however” and gives an example of those who lost.",
  ),

  item(
    "Psychology/Main Idea",
    "ANALYZE",
    -0.3,
    PRACTICE,
    "What is the passage mainly about?",
    "D",
    [
      "Why students dislike taking examinations on Fridays",
      "How researchers measure the speed of human memory",
      "Why reading the same notes again saves valuable time",
      "Why effortful study works better than it seems to",
      "How teachers can make learning less discouraging",
    ],
    "The passage contrasts comfortable rereading with effortful recall, which feels worse but works better.",
  ),
  item(
    "Psychology/Detail",
    "UNDERSTAND",
    -1.0,
    PRACTICE,
    "Rereading is described as misleading because it makes students …",
    "B",
    [
      "forget the sentences they have underlined",
      "mistake mere familiarity for actual knowledge",
      "discover too many gaps before the test",
      "spend several days on a single chapter",
      "feel discouraged about their own progress",
    ],
    "The text says that “familiarity feels like knowledge”, which is not the same as being able to recall.",
  ),
  item(
    "Psychology/Application",
    "APPLY",
    -0.5,
    PRACTICE,
    "Which student follows the advice implied in the passage?",
    "C",
    [
      "Ana reads the chapter five times on one evening.",
      "Beni copies his notes neatly and colours them.",
      "Citra closes her book and lists what she recalls.",
      "Dodi studies all night just before the examination.",
      "Eka reads a friend's notes instead of her own.",
    ],
    "Trying to recall the contents with the book closed is the method that research supports.",
  ),
  item(
    "Psychology/Inference",
    "ANALYZE",
    0.7,
    PRACTICE,
    "Why does the writer call discouragement “useful information”?",
    "A",
    [
      "It shows exactly what still needs to be learnt.",
      "It proves that the test will be difficult.",
      "It helps students feel more comfortable.",
      "It means that the method has failed them.",
      "It persuades students to read once more.",
    ],
    "The gaps that discourage students can be filled before the examination.",
  ),
  item(
    "Psychology/Evaluation",
    "EVALUATE",
    1.3,
    PRACTICE,
    "Which finding would weaken the central claim of the passage?",
    "E",
    [
      "Students who recall feel less confident than rereaders.",
      "Most students had never heard of spreading practice.",
      "Recall practice takes more effort than reading again.",
      "Many students study only on the evening before tests.",
      "Rereaders remember more than recallers months later.",
    ],
    "The claim is that recall gives better long-term learning; better memory among rereaders would contradict it.",
  ),

  item(
    "Functional Text/Purpose",
    "UNDERSTAND",
    -1.5,
    NOTICE,
    "The main purpose of the notice is to …",
    "A",
    [
      "explain how the tool library works",
      "ask residents to repair broken tools",
      "advertise a course for professionals",
      "complain about members returning late",
      "announce that the playground has moved",
    ],
    "The notice gives opening hours, loan rules, membership and safety requirements.",
  ),
  item(
    "Functional Text/Application",
    "APPLY",
    0.3,
    NOTICE,
    "A member returns a ladder four days late. What will happen?",
    "D",
    [
      "The member must pay a small fine.",
      "The member must donate another tool.",
      "The member loses the free membership.",
      "The member cannot borrow for four days.",
      "The member must attend a safety session.",
    ],
    "Late members “may not borrow anything for as many days as they were late”.",
  ),
  item(
    "Functional Text/Application",
    "APPLY",
    0.5,
    NOTICE,
    "What is the longest time for which a member may keep one tool without being late?",
    "C",
    ["3 days", "7 days", "14 days", "21 days", "30 days"],
    "Seven days plus one extension of seven days, if nobody has reserved it: fourteen days.",
  ),
  item(
    "Functional Text/Inference",
    "ANALYZE",
    0.8,
    NOTICE,
    "The last sentence implies that unreported damage is a problem because …",
    "B",
    [
      "the library cannot collect its yearly fee",
      "the next borrower may be put at risk",
      "members will stop donating their tools",
      "tools must always be returned clean",
      "broken tools can never be repaired",
    ],
    "Honest reports “help us keep the next borrower safe”; without a report, the next user may be harmed.",
  ),
  item(
    "Functional Text/Detail",
    "ANALYZE",
    0.0,
    NOTICE,
    "Which person may borrow an electric drill, which is a power tool?",
    "E",
    [
      "A teenage member whose parents donated a saw",
      "An adult member who has never joined a session",
      "An adult who attended the session but is no member",
      "A member aged twelve who attended the session",
      "An adult member who has attended the safety session",
    ],
    "Borrowing is for members, and power tools are lent only to adults who have attended the safety session.",
  ),

  item(
    "Science/Main Idea",
    "ANALYZE",
    -0.2,
    OCTOPUS,
    "What is the “puzzle” discussed in the passage?",
    "C",
    [
      "Why octopuses prefer to rest on coral reefs",
      "How octopuses change the shape of their skin",
      "How octopuses match colours they may not see",
      "Why humans have three types of cells in the eye",
      "How divers manage to find a hidden octopus",
    ],
    "The question at the end of the second paragraph states the puzzle.",
  ),
  item(
    "Science/Detail",
    "UNDERSTAND",
    -0.9,
    OCTOPUS,
    "An octopus changes its colour by means of …",
    "B",
    [
      "proteins that dissolve in sea water",
      "muscles acting on sacs of pigment",
      "the unusual shape of its pupils",
      "bumps that look like seaweed",
      "cells that reflect human eyes",
    ],
    "The pigment sacs, “each controlled by muscles”, are stretched or squeezed.",
  ),
  item(
    "Science/Comparison",
    "ANALYZE",
    1.1,
    OCTOPUS,
    "How does the third explanation differ from the first two?",
    "E",
    [
      "It concerns the skin of the octopus, not its eyes.",
      "It has been accepted by scientists as complete.",
      "It claims that octopuses see more than humans.",
      "It says that predators are colour-blind as well.",
      "It supposes that sensing colour is unnecessary.",
    ],
    "The first two propose ways of sensing light or colour; the third says that brightness and pattern are enough.",
  ),
  item(
    "Science/Tone",
    "EVALUATE",
    0.6,
    OCTOPUS,
    "The writer's attitude towards the explanations is best described as …",
    "A",
    ["cautious", "mocking", "angry", "convinced", "indifferent"],
    "Words such as “suggested”, “might” and “none … has yet been accepted” show caution.",
  ),
  item(
    "Science/Vocabulary in Context",
    "UNDERSTAND",
    -0.4,
    OCTOPUS,
    "In the phrase “enough to fool a predator”, the word “fool” means to …",
    "D",
    ["amuse", "frighten", "attack", "deceive", "imitate"],
    "Camouflage deceives the predator so that it does not notice the octopus.",
  ),

  item(
    "Two Texts/Agreement",
    "ANALYZE",
    -0.1,
    BAGS,
    "On which point would both writers agree?",
    "E",
    [
      "Paper bags are better than plastic ones.",
      "Shoppers will never change their habits.",
      "A charge on bags would upset shopkeepers.",
      "Cotton bags are harmful to river animals.",
      "Plastic litter is an undesirable problem.",
    ],
    "Letter 1 lists the harm bags do; Letter 2 admits that “nobody loves litter”.",
  ),
  item(
    "Two Texts/Comparison",
    "ANALYZE",
    0.3,
    BAGS,
    "The letters differ mainly in their views on …",
    "C",
    [
      "whether plastic bags can be blown into rivers",
      "whether shoppers ought to reuse their bags",
      "how a town should deal with plastic bags",
      "how many animals are harmed by plastic",
      "who should pay for cleaning the drains",
    ],
    "Letter 1 favours a ban; Letter 2 prefers a charge on every kind of bag.",
  ),
  item(
    "Two Texts/Response",
    "EVALUATE",
    1.0,
    BAGS,
    "How would the writer of Letter 2 most likely respond to the claim that shoppers soon “carry their own bags”?",
    "A",
    [
      "What really matters is how often those bags get reused.",
      "Shoppers should throw their own bags away properly.",
      "Such bags block drains more often than plastic does.",
      "Shops should be banned from selling reusable bags.",
      "Shoppers complain for far longer than one month.",
    ],
    "Letter 2 argues that reusable bags help only if they are used many times rather than collected casually.",
  ),
  item(
    "Two Texts/Reasoning",
    "ANALYZE",
    0.8,
    BAGS,
    "Why does Letter 2 propose a charge on every bag “whatever it is made of”?",
    "B",
    [
      "Because all materials cost shops the same amount",
      "Because any bag does harm if used only a few times",
      "Because thin plastic bags are the most harmful kind",
      "Because cotton bags cannot be used more than once",
      "Because a ban would be opposed by most shoppers",
    ],
    "The writer points out that thicker plastic, paper and cotton bags also have costs, so reuse is what matters.",
  ),
  item(
    "Two Texts/Evidence",
    "EVALUATE",
    1.6,
    BAGS,
    "Which finding would best support Letter 1 against Letter 2?",
    "D",
    [
      "Thick bags replaced thin ones in towns that banned them.",
      "Most households own more cotton bags than they need.",
      "Small charges cut the use of bags of every material.",
      "After bans, people reused a few bags hundreds of times.",
      "Paper bags need more energy to make than plastic ones.",
    ],
    "Heavy reuse after a ban would answer Letter 2's fear that the problem is only moved elsewhere.",
  ),

  item(
    "Economics/Main Idea",
    "ANALYZE",
    0.2,
    SUNK_COST,
    "Which statement expresses the writer's main point?",
    "A",
    [
      "Past spending alone is no reason to continue.",
      "Boring films should always be left at half-time.",
      "Governments waste more money than companies.",
      "Giving up early is the mark of a wise person.",
      "People should avoid paying for things in advance.",
    ],
    "The final sentence restates the point: what has been spent is no reason to go on.",
  ),
  item(
    "Economics/Vocabulary in Context",
    "UNDERSTAND",
    -1.3,
    SUNK_COST,
    "As used in the passage, “sunk costs” are expenses that …",
    "D",
    [
      "will have to be paid at a later date",
      "are lower than people had expected",
      "can be shared with other people",
      "have been paid and cannot be undone",
      "were hidden from the public at first",
    ],
    "The ticket money “is gone whether they stay or not”: it is a past expense that cannot be recovered.",
  ),
  item(
    "Economics/Inference",
    "ANALYZE",
    0.4,
    SUNK_COST,
    "According to the passage, pointless projects are often completed partly because leaders …",
    "B",
    [
      "have not counted what has been spent",
      "are unwilling to admit their mistakes openly",
      "expect the costs to be paid back soon",
      "follow the advice given by economists",
      "do not know that the project is pointless",
    ],
    "“Stopping would mean admitting a mistake in public.”",
  ),
  item(
    "Economics/Application",
    "APPLY",
    0.7,
    SUNK_COST,
    "Which decision shows the kind of reasoning that the writer criticises?",
    "E",
    [
      "Leaving a dull concert early to meet a friend",
      "Finishing a course because it leads to a good job",
      "Selling an old car that costs too much to repair",
      "Stopping a diet that has made one feel unwell",
      "Eating a bad meal because it has been paid for",
    ],
    "Eating the meal only because money was spent lets a sunk cost decide.",
  ),
  item(
    "Economics/Structure",
    "ANALYZE",
    1.2,
    SUNK_COST,
    "What is the function of the third paragraph?",
    "C",
    [
      "It gives another example of sunk costs in business.",
      "It withdraws the advice given by the economists.",
      "It prevents readers from taking the advice too far.",
      "It explains why people are bored with some films.",
      "It compares film-goers with students on a course.",
    ],
    "It warns that giving up is not always wise and offers a better question to ask.",
  ),

  item(
    "Fiction/Inference",
    "ANALYZE",
    0.1,
    UMBRELLA,
    "Why did Sari carry the umbrella on cloudless days?",
    "B",
    [
      "She was afraid that it would rain again.",
      "She hoped to return it to the old man.",
      "She wanted to make her classmates laugh.",
      "She intended to lend it to the driver.",
      "She used it to protect her from the sun.",
    ],
    "She took it to the shelter where she had met him and asked the driver about him.",
  ),
  item(
    "Fiction/Inference",
    "ANALYZE",
    0.9,
    UMBRELLA,
    "What do the names on the handle suggest?",
    "D",
    [
      "The umbrella had been stolen many times.",
      "The old man had a large number of children.",
      "The umbrella had been made by several people.",
      "The umbrella had been passed on many times.",
      "The old man often forgot his own name.",
    ],
    "A dozen names in different hands suggest earlier holders, each of whom passed the umbrella on.",
  ),
  item(
    "Fiction/Detail",
    "UNDERSTAND",
    -0.8,
    UMBRELLA,
    "What were the “four letters” that Sari added?",
    "A",
    ["Her own name", "The old man's name", "The boy's name", "The word “roof”", "The bus number"],
    "The handle bears names and the name Sari has four letters; she adds hers before handing it on.",
  ),
  item(
    "Fiction/Theme",
    "EVALUATE",
    0.5,
    UMBRELLA,
    "Which sentence best expresses the theme of the story?",
    "E",
    [
      "A borrowed thing must be returned to its owner.",
      "Strangers should not be trusted in bad weather.",
      "Patience is always rewarded in the long run.",
      "Children need more help than adults realise.",
      "Kindness may be repaid by passing it forward.",
    ],
    "Sari cannot repay the old man, so she repeats his act for the boy.",
  ),
  item(
    "Fiction/Technique",
    "EVALUATE",
    1.9,
    UMBRELLA,
    "By letting Sari repeat the old man's words at the end, the writer suggests that …",
    "C",
    [
      "Sari's own stop really does have a roof",
      "the old man's words had been a joke",
      "the roof may never have been the reason",
      "Sari has forgotten what she meant to say",
      "the boy had overheard the first meeting",
    ],
    "Repeated by the next giver, the words sound like an excuse for kindness rather than a fact about a bus stop.",
  ),

  item(
    "Environment/Main Idea",
    "ANALYZE",
    -0.6,
    CORAL,
    "Which title would also suit the passage?",
    "D",
    [
      "How Algae Damage the Skeletons of Corals",
      "Seaweed: A New Source of Food for Reefs",
      "Why Coral Reefs Are Always So Colourful",
      "Bleaching: A Broken Partnership on the Reef",
      "Overfishing: The Only Cause of Coral Death",
    ],
    "The passage explains bleaching as the breakdown of a partnership and what follows from it.",
  ),
  item(
    "Environment/Detail",
    "UNDERSTAND",
    -1.7,
    CORAL,
    "A bleached coral looks white because …",
    "C",
    [
      "its tissue has turned into seaweed",
      "its algae have changed their colour",
      "its skeleton can be seen through it",
      "its surface reflects the warm sunlight",
      "its branches are covered with salt",
    ],
    "Without the algae, “the white skeleton shows through the transparent tissue”.",
  ),
  item(
    "Environment/Inference",
    "ANALYZE",
    0.4,
    CORAL,
    "It can be inferred that a coral without algae starves because the algae …",
    "A",
    [
      "supply it with food made from sunlight",
      "protect it from fish that feed on coral",
      "keep the surrounding sea water cool",
      "stop seaweed from growing on its skeleton",
      "take up the nutrients found in the sea",
    ],
    "The algae “capture sunlight and share the food they make”; once they are gone, the food supply is lost.",
  ),
  item(
    "Environment/Cause and Effect",
    "ANALYZE",
    0.7,
    CORAL,
    "According to the passage, how does overfishing hinder the recovery of a reef?",
    "E",
    [
      "It warms the water in which the corals live.",
      "It removes the algae living inside the corals.",
      "It breaks the branches in which fish hide.",
      "It increases the pollution close to the coast.",
      "It leaves fewer fish to keep seaweed in check.",
    ],
    "Plant-eating fish keep seaweed under control; overfishing reduces their number.",
  ),
  item(
    "Environment/Analogy",
    "EVALUATE",
    1.4,
    CORAL,
    "What does the comparison with a patient in the last sentence imply about local protection?",
    "B",
    [
      "It cures reefs that have been bleached already.",
      "It cannot prevent harm, but it improves recovery.",
      "It should begin only after bleaching is seen.",
      "It is useless as long as the ocean is warming.",
      "It should be left in the hands of doctors.",
    ],
    "Keeping a patient strong does not prevent the illness but improves the chance of getting through it.",
  ),
];

/** The items of Literasi dalam Bahasa Inggris (LBE). */
export function literacyEnglishItems(): BankItem[] {
  return numberItems("LBE", "en", DRAFTS);
}
