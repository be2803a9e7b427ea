"""Names and words of nobody. Names come from many languages, as a council's do; no person was taken from anywhere."""

GIVEN = ["Aaliyah", "Aanya", "Abdi", "Abigail", "Ada", "Adam", "Adeola", "Aditi", "Agnieszka", "Ahmed", "Aidan", "Aisha", "Alana", "Albert", "Aleksander", "Alfie", "Alice", "Alina", "Amara", "Amelia", "Amina", "Amir", "Amrit", "Ana", "Anais", "Andrei", "Aneta", "Angus", "Anika", "Anouk", "Anwen", "Aoife", "Arjun", "Arlo", "Arthur", "Asha", "Ava", "Ayaan", "Ayesha", "Bartek", "Beatrix", "Bethan", "Bilal", "Blessing", "Bogdan", "Bronwen", "Caitlin", "Caleb", "Callum", "Carys", "Celia", "Charlie", "Chidi", "Chloe", "Ciara", "Cillian", "Clara", "Connor", "Cora", "Dafydd", "Daisy", "Daniel", "Daria", "Darius", "David", "Deepa", "Delia", "Devon", "Dilys", "Dominik", "Dylan", "Ebony", "Edie", "Edward", "Efua", "Elena", "Eli", "Elijah", "Elin", "Eliza", "Elsie", "Emeka", "Emil", "Emily", "Emmanuel", "Erin", "Esme", "Esther", "Ethan", "Eva", "Evan", "Ewa", "Faith", "Farah", "Fatima", "Felix", "Fern", "Finley", "Fiona", "Florence", "Frances", "Frank", "Freya", "Gabriel", "Gareth", "George", "Gethin", "Grace", "Grzegorz", "Gurpreet", "Gwen", "Hamza", "Hana", "Hannah", "Hari", "Harriet", "Harvey", "Hassan", "Hattie", "Heidi", "Helena", "Henry", "Hope", "Hugo", "Ibrahim", "Ida", "Idris", "Imani", "Imogen", "Ioan", "Iris", "Isaac", "Isla", "Ivan", "Ivy", "Jack", "Jacob", "Jada", "Jaden", "Jakub", "James", "Jamila", "Jan", "Jasmine", "Jaspreet", "Jayden", "Joanna", "Joe", "Jonah", "Jude", "Julia", "Kabir", "Kacper", "Kai", "Karim", "Karolina", "Kavita", "Keira", "Khadija", "Kian", "Kieran", "Kwame", "Kyle", "Laila", "Lara", "Layla", "Leah", "Leila", "Leo", "Lewis", "Liam", "Lila", "Lily", "Logan", "Lola", "Louis", "Lowri", "Luca", "Lucy", "Luna", "Maeve", "Magda", "Maisie", "Malik", "Manon", "Marek", "Maria", "Marta", "Martha", "Mason", "Matilda", "Matteo", "Max", "Maya", "Meera", "Mia", "Michal", "Mila", "Millie", "Mina", "Mohammed", "Molly", "Musa", "Nadia", "Naomi", "Natalia", "Nathan", "Nell", "Niamh", "Nia", "Nikhil", "Nina", "Noah", "Nora", "Ola", "Olive", "Oliver", "Olivia", "Oluwaseun", "Omar", "Oscar", "Osian", "Otis", "Owen", "Parveen", "Patryk", "Pavel", "Peggy", "Penny", "Petra", "Phoebe", "Pippa", "Piotr", "Poppy", "Prakash", "Priya", "Rafal", "Rahul", "Ranjit", "Reece", "Reuben", "Rhys", "Riley", "Ripley", "Rohan", "Ronnie", "Rosa", "Rory", "Rowan", "Ruby", "Ruth", "Ryan", "Sadia", "Saira", "Salma", "Sam", "Samira", "Sana", "Sanjay", "Saoirse", "Sara", "Seren", "Shanice", "Shaun", "Sienna", "Simran", "Sofia", "Solomon", "Sophie", "Stanley", "Stefan", "Stella", "Sunita", "Szymon", "Tamara", "Tara", "Tariq", "Teddy", "Temi", "Theo", "Thomas", "Tia", "Tobias", "Tomasz", "Tyler", "Uma", "Una", "Usman", "Vera", "Viktor", "Violet", "Wiktoria", "William", "Willow", "Wojtek", "Xander", "Yasmin", "Yusuf", "Yvonne", "Zahra", "Zain", "Zainab", "Zara", "Zofia", "Zoya"]

BEGINS = ["Ab", "Ach", "Ad", "Al", "Am", "An", "Ar", "As", "Ash", "Bal", "Ban", "Bar", "Bea", "Ben", "Ber", "Bir", "Bla", "Bor", "Bran", "Bre", "Bro", "Bur", "Cal", "Car", "Ces", "Cha", "Che", "Clo", "Col", "Cor", "Cra", "Cro", "Dal", "Dar", "Den", "Der", "Dob", "Dov", "Dra", "Dun", "Ed", "El", "Em", "Er", "Fal", "Far", "Fen", "Fer", "Fir", "Fro", "Gal", "Gar", "Ghe", "Gil", "Gor", "Gra", "Gre", "Had", "Hal", "Ham", "Har", "Has", "Hea", "Hol", "Hos", "Hur", "Ib", "Ing", "Iq", "Jab", "Jan", "Jar", "Kam", "Kar", "Kas", "Kel", "Kha", "Kin", "Kir", "Kow", "Kra", "Lam", "Lan", "Lar", "Lew", "Lin", "Lor", "Mac", "Mah", "Mal", "Mar", "Mer", "Mir", "Mor", "Mur", "Nad", "Nar", "Nor", "Now", "Ob", "Ok", "Ol", "Or", "Os", "Pad", "Pal", "Par", "Pat", "Per", "Pie", "Pra", "Pre", "Qua", "Rad", "Raf", "Ram", "Ran", "Red", "Ros", "Row", "Sad", "Sal", "San", "Sar", "Sha", "She", "Sid", "Sin", "Sla", "Sol", "Sta", "Ste", "Sul", "Swa", "Tal", "Tan", "Tar", "Tho", "Tor", "Tre", "Tur", "Ul", "Var", "Ven", "Vir", "Wal", "War", "Wes", "Whi", "Wil", "Win", "Wol", "Wor", "Yar", "Yor", "Zab", "Zal", "Zie"]
ENDS = ["a", "ack", "ade", "afi", "ak", "al", "aldi", "all", "amo", "an", "and", "ani", "anski", "ar", "ard", "aro", "as", "ash", "at", "awa", "ay", "beck", "bell", "berg", "born", "bridge", "brook", "burn", "bury", "by", "combe", "czyk", "dale", "den", "der", "din", "dine", "dle", "don", "dorf", "ell", "en", "er", "ers", "ert", "ery", "es", "et", "evi", "ewa", "ey", "field", "ford", "gan", "gate", "gill", "glan", "go", "grave", "greave", "ham", "hart", "head", "hill", "hurst", "i", "ian", "iak", "ic", "idge", "ik", "ill", "in", "ing", "ington", "ini", "inski", "io", "ir", "ira", "is", "ish", "itt", "iwa", "ka", "kar", "ki", "kin", "kins", "ko", "kova", "ler", "ley", "lin", "ling", "lock", "low", "man", "mar", "mer", "mont", "mor", "more", "mouth", "na", "ner", "ness", "ney", "ni", "nik", "nor", "o", "oja", "ok", "on", "one", "or", "ora", "os", "osa", "ott", "ou", "ow", "owska", "pal", "pour", "ran", "rell", "ren", "rey", "ric", "ridge", "rin", "ro", "rose", "sby", "se", "sen", "shaw", "si", "ska", "sky", "son", "stead", "sten", "sto", "stone", "su", "ta", "tan", "ter", "thorpe", "ti", "to", "ton", "tor", "ty", "ul", "um", "ur", "va", "van", "vale", "ver", "vi", "vich", "vin", "wala", "wal", "ward", "way", "well", "wick", "win", "wood", "worth", "y", "ya", "yk", "za", "zi"]

ROLES_OF_ADULTS = ("mum", "dad", "Nana", "uncle", "next door", "step-dad", "Masi, mum’s sister")
ABOUT = ("Drums. Hates peas.", "Football, always.", "Collects bus tickets.", "Sings in the bath.", "", "", "")
TOKENS = ("owl", "boat", "lamp", "")
STREETS = ["Alder", "Beck", "Canal", "Dale", "Elm", "Ferry", "Garth", "Hollow", "Ings", "Junction", "Kiln", "Lime", "Mill", "North", "Orchard", "Quay"]

HAPPENED = (
    "Today you showed me the lamp in the window and told me why it stays on.",
    "We sat on the stairs because the front room was being painted.",
    "Mum made tea and we talked about mornings before school.",
    "The baby slept the whole time I was there.",
    "You had drawn the dog again, bigger this time.",
    "There was food in the fridge and the heating was on.",
    "Dad rang while I was there and asked how the week had been.",
    "We walked to the corner shop and back so that you could choose a pencil.",
    "Nana said she can have everybody on Fridays from now on.",
    "School say you have been in every day for three weeks.",
    "Nobody shouted. The television was off when I came.",
    "Mum told me that she slept badly and that her sister rang twice.",
    "You asked when the next meeting is and who will be in the room.",
    "The bedroom has a new bed and the old one has gone.",
    "We looked at the plan on the fridge and crossed out what is done.",
    "Dad showed me the calendar with the days he works nights.",
    "The health visitor had been that morning and was pleased with the weight.",
    "You said that the door makes a noise when somebody comes in late.",
)
WELL = (
    "Nana came on Friday and everybody was in bed by eight.",
    "Mum rang me herself when the money ran out.",
    "Dad left the house when he felt his temper going, and came back calm.",
    "The children got to school on time all week.",
)
WORRIED = (
    "The arguing at night has begun again since the summer.",
    "Nobody was up when I called at ten on a school day.",
    "There was not enough food in the house for the weekend.",
    "You told me you are frightened when the door bangs.",
)
FEARED = "If nothing changes we are worried that the children will be hurt when the grown-ups fight at night."
GOAL = "The grown-ups will settle arguments without shouting, and somebody safe will be there every night."
IN_OUR_WORDS = "Everybody sleeps. Nobody shouts. Nana knows."
RULES = (
    "Nana sleeps here on Fridays and Saturdays.",
    "I ring my sister when I feel it coming.",
    "I take the children next door before anybody shouts.",
    "I check that the back door is locked at eleven.",
)
DECIDED = (
    "We will carry on with the plan for three more months.",
    "The children stay at home while the family tries their own plan.",
    "We will ask the family to bring their own people together.",
)
OPTIONS = ("Carry on as we are, with more visits.", "Ask the family to bring their own people together.")
LEVELS = ("family-help", "child-in-need", "child-protection", "early-help")
