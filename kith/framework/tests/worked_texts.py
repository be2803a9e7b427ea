"""The worked statements and goals of domain 1.5, 1.6, 14.1 and 14.2. Everyone in them is invented."""

DS1 = (
    "Nana Mo, Mr Zielinski at school and Leah the social worker are worried. When Craig drinks after late shifts he "
    "shouts, throws things and pushes Kavi. On 17 May a plate hit the wall above Jude's bouncer. If this goes on, Jude "
    "or Maya could be badly hurt. Ellis could keep lying awake, and think it is his job to keep everyone safe. It is "
    "most likely on pay day. Craig says he shouts but has not pushed Kavi. Kavi says he has."
)
DS1C = (
    "When Dad has had beer he can shout and throw things. The grown-ups think one of you could get hurt. Ellis lies in "
    "bed and feels scared. It is not your fault."
)
SG1 = (
    "Home will be calm at night. Craig will sleep at Mo's any night he has had a drink, and will text Hansa before he "
    "leaves work. When Craig and Kavi disagree, they will talk it over in the day, or wait. Ellis, Maya and Jude will "
    "sleep through. Ellis will say the grown-ups are in charge. The network and school will have seen this for six "
    "months, with at least two hard weeks in it. Then Leah's team will say goodbye."
)
DS2 = (
    "Kavi, Hansa, Siobhan and Ms Quill are worried about the mornings. When Kavi is very sad and Craig is asleep after a "
    "late shift, no grown-up gets up. Ellis then looks after Maya and Jude, as on 3 February when he warmed milk in a "
    "pan. If this goes on, Jude could get hurt, ill or hungry. Maya could start school each day cold and upset. Ellis "
    "could stop being a child who plays. Mondays and pay days are hardest. Kavi says she meant to get up."
)
SG2 = (
    "A grown-up who has slept will be up by seven each day. Kavi, Craig, Hansa and Mo will share this on the fridge "
    "rota. Ellis will eat a breakfast he did not make. Maya will have dry clothes. Jude will be fed and his skin will "
    "be clear. School, Siobhan and the family will have seen this for six months. Then this help will end."
)
BS1 = (
    "Zosia, Marcia, Leon, Mrs Okoro and Rosa are worried. Mum's illness can come back fast, as it did in October, and "
    "then Zosia has to move. If this goes on, Zosia could lose her school and her time with Kacper. She could start to "
    "believe that families do not last. It is worst when grown-ups do not tell her the plan."
)
BG1 = (
    "Zosia will live with Auntie Marcia until she is grown up, and the law will say so. Mum, Kacper and Ciocia will be "
    "part of her week. Zosia will know the plan and can ask anyone about it. Everyone will have seen this hold for a "
    "year, with at least one time when Mum is ill."
)
POOR = "Children at risk of emotional harm due to DV and non-engagement."
